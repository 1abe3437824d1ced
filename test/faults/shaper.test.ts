import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { type Shape, shaperTo } from './shaper.ts'

/** A server that counts what reached it and says a thousand letters, behind a shaper. */
async function echoed() {
  const got: string[] = []
  const server: Server = createServer((request, response) => {
    got.push(request.url ?? '')
    response.end('x'.repeat(1000))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const shaper = await shaperTo(() => ({ port: (server.address() as AddressInfo).port }), 7)
  const ask = async (path: string, patienceMs = 2000) => {
    const signal = AbortSignal.timeout(patienceMs)
    const url = `http://127.0.0.1:${shaper.port}${path}`
    const text = fetch(url, { signal }).then((answer) => answer.text())
    return text.then(
      ({ length }) => length,
      (fault: Error) => fault.name,
    )
  }
  return {
    shaper,
    got,
    ask,
    async [Symbol.asyncDispose]() {
      await shaper[Symbol.asyncDispose]()
      server.closeAllConnections()
      server.close()
    },
  }
}

async function timed(work: Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work
  return performance.now() - began
}

test('an empty shape passes everything on', async () => {
  await using wire = await echoed()

  assert.deepEqual([await wire.ask('/a'), wire.got], [1000, ['/a']])
})

test('a delay is on both ways', async () => {
  await using wire = await echoed()
  wire.shaper.shape({ delayMs: 60 })

  assert.ok((await timed(wire.ask('/'))) >= 120)
})

test('what is held comes when the wire is healed', async () => {
  await using wire = await echoed()
  wire.shaper.shape({ held: ['up'] })

  const answer = wire.ask('/late')
  await setTimeout(100)
  const meanwhile = [...wire.got]
  wire.shaper.heal()

  assert.deepEqual([meanwhile, await answer, wire.got], [[], 1000, ['/late']])
})

test('an answer that is held was asked for all the same', async () => {
  await using wire = await echoed()
  wire.shaper.shape({ held: ['down'] })

  const answer = await wire.ask('/done', 150)

  assert.deepEqual([answer, wire.got], ['TimeoutError', ['/done']])
})

const broken: Record<string, { shape: Shape; reached: string[] }> = {
  refused: { shape: { isRefused: true }, reached: [] },
  'cut in its answer': { shape: { cut: { way: 'down', afterBytes: 500 } }, reached: ['/'] },
  'cut in its question': { shape: { cut: { way: 'up', afterBytes: 5 } }, reached: [] },
}

for (const [name, { shape, reached }] of Object.entries(broken)) {
  test(`who is ${name} is told at once`, async () => {
    await using wire = await echoed()
    wire.shaper.shape(shape)

    const answers = await wire.ask('/')
    wire.shaper.heal()

    assert.deepEqual([answers, wire.got], ['TypeError', reached])
    assert.equal(await wire.ask('/again'), 1000)
  })
}

test('an answer that is lost does not come late: the connection is reset', async () => {
  await using wire = await echoed()
  wire.shaper.shape({ lost: ['down'] })

  const answer = wire.ask('/lost')
  await setTimeout(100)
  wire.shaper.heal()

  assert.deepEqual([await answer, wire.got, wire.shaper.connections()], ['TypeError', ['/lost'], 0])
})
