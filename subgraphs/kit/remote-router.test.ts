import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { keysFrom } from './keys.ts'
import { remoteRouter } from './remote-router.ts'

const keys = keysFrom('a secret of the test, thirty-two bytes')
const asked = { service: 'orders', hash: 'h', operationName: 'holdStock', variables: {} }

/** The code that comes of asking a router which behaves like this; nobody listens where it is null. */
async function codeOf(manner: RequestListener | null): Promise<string> {
  const server = createServer(manner ?? (() => {})).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const closed = once(server, 'close')
  if (!manner) server.close()
  if (!manner) await closed
  await using router = remoteRouter(`http://127.0.0.1:${port}/graphql`, keys)
  const told = await router.ask({ ...asked, deadline: Date.now() + 300 }).then(
    () => 'answered',
    ({ code }) => code,
  )
  server.closeAllConnections()
  server.close()
  return told
}

test('what nobody took was not done; what was taken and not answered may have been', async () => {
  const refused = await codeOf(null)
  const notLetIn = await codeOf((_, response) => response.writeHead(401).end())
  const cut = await codeOf((request) => request.socket.destroy())
  const silent = await codeOf(() => {})

  assert.deepEqual(
    { refused, notLetIn, cut, silent },
    {
      ...{ refused: 'UNAVAILABLE', notLetIn: 'UNAVAILABLE' },
      ...{ cut: 'UNKNOWN_OUTCOME', silent: 'UNKNOWN_OUTCOME' },
    },
  )
})
