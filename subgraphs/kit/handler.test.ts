import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { buildSubgraphSchema } from '@apollo/subgraph'
import { parse } from 'graphql'
import { systemClock } from './clock.ts'
import { handlerOf } from './handler.ts'
import { nobody } from './identity.ts'
import { keysFrom } from './keys.ts'
import { httpLink } from './link.ts'
import { listening } from './listening.ts'
import { localOnce } from './remember-once.ts'
import type { Request } from './request.ts'
import { silent } from './testing.ts'

/** A subgraph behind a port, whose one field waits for `answered`; and the signals that it was given. */
async function served() {
  await using opening = new AsyncDisposableStack()
  const [answered, asked] = [Promise.withResolvers<string>(), Promise.withResolvers<AbortSignal>()]
  const Query = {
    word(_: unknown, __: unknown, { signal }: Request) {
      if (signal) asked.resolve(signal)
      return answered.promise
    },
  }
  const typeDefs = parse('type Query { word: String }')
  const schema = buildSubgraphSchema([{ typeDefs, resolvers: { Query } as never }])
  const keys = keysFrom('a secret of the test, thirty-two bytes')
  const telemetry = { served() {} }
  const standing = { keys, once: localOnce(systemClock), log: silent([]), telemetry }
  const subgraph = { name: 'words', schema, context: (request: Request) => request }
  const server = createServer(await handlerOf(subgraph as never, standing as never))
  opening.use(await listening(server, { host: '127.0.0.1', port: 0 }))
  const { port } = server.address() as AddressInfo
  const link = httpLink({ url: `http://127.0.0.1:${port}/graphql`, audience: 'words', keys })
  opening.use(link)
  const opened = opening.move()
  return {
    answered,
    signal: asked.promise,
    ask: (more: object = {}) => link.ask({ document: '{ word }', identity: nobody, ...more }),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

test('who asks something signed is answered, and nobody is told that they have gone', async () => {
  await using words = await served()
  words.answered.resolve('yes')

  const answer = await words.ask()
  const again = await words.ask()

  assert.deepEqual([answer, again], [{ data: { word: 'yes' } }, { data: { word: 'yes' } }])
  assert.equal((await words.signal).aborted, false)
})

test('who hangs up before the answer has gone, and the work for them is told', async () => {
  await using words = await served()
  const hangUp = new AbortController()
  const asked = words.ask({ signal: hangUp.signal })
  const signal = await words.signal
  const told = once(signal, 'abort')

  hangUp.abort()

  await assert.rejects(asked)
  await told
  words.answered.resolve('too late')
})

test('what is too large to be a call is cut off, and the next one is answered', async () => {
  await using words = await served()
  words.answered.resolve('yes')

  await assert.rejects(words.ask({ variables: { much: 'x'.repeat(5_000_000) } }))

  assert.deepEqual(await words.ask(), { data: { word: 'yes' } })
})
