import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { test } from 'node:test'
import { portsFor } from './port.ts'

test('two whose usual ports are taken get two ports, and it is told', async () => {
  await using taken = await listener()
  const lines: string[] = []
  const wanted = { one: ['ONE_PORT', taken.port], two: ['TWO_PORT', taken.port] } as const

  await using held = await portsFor(wanted, {}, (line) => lines.push(line))

  const ports = held.of
  assert.equal(new Set([taken.port, ports.one, ports.two]).size, 3)
  assert.deepEqual(lines, [
    `port ${taken.port} is in use: ONE_PORT is ${ports.one}`,
    `port ${taken.port} is in use: TWO_PORT is ${ports.two}`,
  ])
})

test('a port set by hand has to be one, and free', async () => {
  await using taken = await listener()
  const asked = (text: string) =>
    portsFor({ one: ['ONE_PORT', 4000] }, { ONE_PORT: text }, () => {})

  await assert.rejects(asked(String(taken.port)), /Port \d+, which ONE_PORT asks for, is in use/)
  await assert.rejects(asked('many'), /ONE_PORT is a port, 1 to 65535, and not "many"\./)
})

test('nobody else gets a port that was given, until it is let go', async () => {
  await using taken = await listener()
  const wanted = { one: ['ONE_PORT', taken.port + 1] } as const
  await using first = await portsFor(wanted, {}, () => {})
  const { one } = first.of

  await using second = await portsFor(wanted, {}, () => {})
  await assert.rejects(listener(one), { code: 'EADDRINUSE' })
  await first.letGo('one')
  await using own = await listener(one)

  assert.notEqual(second.of.one, one)
  assert.equal(own.port, one)
})

async function listener(wanted = 0) {
  const server = createServer().listen(wanted, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { port, [Symbol.asyncDispose]: async () => void server.close() }
}
