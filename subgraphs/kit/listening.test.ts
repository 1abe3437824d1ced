import assert from 'node:assert/strict'
import { once } from 'node:events'
import { Agent, createServer, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { listening } from './listening.ts'

/** A server whose answers are given by hand, and a client that keeps its connection. */
async function opened() {
  const came: ServerResponse[] = []
  const server = createServer((_, response) => void came.push(response))
  const closing = await listening(server, { host: '127.0.0.1', port: 0 })
  const { port } = server.address() as AddressInfo
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const ask = async () => {
    const asked = request({ port, agent, host: '127.0.0.1' }).end()
    const [response] = await once(asked, 'response')
    return { headers: response.headers, text: await text(response) }
  }
  const arrived = async (count: number) => {
    while (came.length < count) await new Promise(setImmediate)
    return came[count - 1] as ServerResponse
  }
  return { ask, arrived, close: () => closing[Symbol.asyncDispose]() }
}

test('what was taken is answered, and its connection with it is over', async () => {
  const { ask, arrived, close } = await opened()
  const asked = ask()
  const response = await arrived(1)

  const closed = close()
  response.end('done')

  const answer = await asked
  assert.deepEqual([answer.text, answer.headers.connection], ['done', 'close'])
  await closed
  await assert.rejects(ask(), { code: 'ECONNREFUSED' })
})

test('a stream, which has no end of its own, holds up no end', async () => {
  const { ask, arrived, close } = await opened()
  const asked = ask()
  const response = await arrived(1)
  response.setHeader('content-type', 'text/event-stream')
  response.flushHeaders()
  response.write('data: 1\n\n')
  const began = performance.now()

  await Promise.all([close(), assert.rejects(asked, { code: 'ECONNRESET' })])

  assert.ok(performance.now() - began < 2000)
})
