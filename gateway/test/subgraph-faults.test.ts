import assert from 'node:assert/strict'
import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import { test } from 'node:test'
import type { ConfigInput } from '../config.ts'
import { openRouter } from '../router.ts'
import { ask, federation2, graphOf } from './graph.ts'
import { answers, type Manner, misbehaving } from './misbehaving.ts'

/** One subgraph over HTTP and one in this process, which always answers. */
async function halfBroken(manner: Manner, config: ConfigInput = {}) {
  await using opening = new AsyncDisposableStack()
  const broken = opening.use(await misbehaving(manner))
  const graph = graphOf({
    broken: {
      typeDefs: `${federation2} type Query { a: String } type Mutation { b: String c: String }`,
    },
    sound: {
      typeDefs: `${federation2} type Query { d: String }`,
      resolvers: { Query: { d: () => 'fine' } },
    },
  })
  const router = opening.use(
    await openRouter({
      supergraph: graph.supergraph,
      link: (service) => (service === 'sound' ? graph.link(service) : undefined),
      config: { port: 0, subgraphs: { broken: { url: broken.url, timeoutMs: 150 } }, ...config },
    }),
  )
  const opened = opening.move()
  return { router, broken, [Symbol.asyncDispose]: () => opened.disposeAsync() }
}

const html: Manner = (_, response) => {
  response.writeHead(500, { 'content-type': 'text/html' })
  response.end('<h1>at db-7.internal</h1>')
}
const cut: Manner = (_, response) => {
  response.writeHead(200, { 'content-type': 'application/json' })
  response.write('{"data":')
  response.destroy()
}
const huge: Manner = (_, response) => {
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ data: { a: 'x'.repeat(100_000) } }))
}

const faults: readonly (readonly [name: string, manner: Manner, code: string])[] = [
  ['hangs', () => {}, 'TIMEOUT'],
  ['answers with HTML', html, 'UNAVAILABLE'],
  ['breaks off', cut, 'UNAVAILABLE'],
  ['answers with too much', huge, 'UNAVAILABLE'],
  ['answers with a list', answers([1]), 'UNAVAILABLE'],
  ['resets', (request) => request.socket.destroy(), 'UNAVAILABLE'],
]

for (const [name, manner, code] of faults) {
  test(`a subgraph that ${name} costs its own fields, and tells nothing of itself`, async () => {
    await using world = await halfBroken(manner, { fetch: { answerBytes: 50_000 } })

    const answer = await ask(world.router, '{ a d }')

    assert.deepEqual(answer.data, { a: null, d: 'fine' })
    assert.deepEqual(
      answer.errors?.map(({ extensions }) => extensions),
      [{ code }],
    )
    assert.doesNotMatch(JSON.stringify(answer), /internal|127\.0|broken/)
  })
}

test('of an error only its words, a plain code and its place go on', async () => {
  const error = {
    message: 'Sold out.',
    path: ['a'],
    extensions: { code: 'SOLD_OUT', stacktrace: ['at db-7'], http: { status: 500 } },
  }
  const odd = { message: 'No.', path: ['a'], extensions: { code: 'at db-7.internal' } }
  await using world = await halfBroken(answers({ data: { a: null }, errors: [error, odd] }, 500))

  const { errors } = await ask(world.router, '{ a }')

  assert.deepEqual(errors, [
    { message: 'Sold out.', path: ['a'], extensions: { code: 'SOLD_OUT' } },
    { message: 'No.', path: ['a'], extensions: { code: 'DOWNSTREAM_SERVICE_ERROR' } },
  ])
})

test('what was sent to be written and not answered may have been written', async () => {
  await using world = await halfBroken(() => {})

  const answer = await ask(world.router, 'mutation { b }')

  assert.deepEqual(answer.data, { b: null })
  assert.deepEqual(
    answer.errors?.map(({ extensions }) => extensions),
    [{ code: 'UNKNOWN_OUTCOME' }],
  )
})

test('a write that the subgraph did not let in was not done, and nobody is left in doubt', async () => {
  await using world = await halfBroken((_, response) => void response.writeHead(401).end())

  const answer = await ask(world.router, 'mutation { b }')

  assert.deepEqual(
    answer.errors?.map(({ extensions }) => extensions),
    [{ code: 'UNAVAILABLE' }],
  )
})

for (const [document, isCancelled] of [
  ['{ a }', true],
  ['mutation { b }', false],
] as const) {
  test(`a client that hangs up ${isCancelled ? 'ends' : 'does not end'} ${document}`, async () => {
    const { promise: reached, resolve } = Promise.withResolvers<{ outcome: Promise<unknown> }>()
    const manner: Manner = (request, response) => {
      const outcome = Promise.race([
        once(request.socket, 'close').then(() => 'cancelled'),
        once(response, 'finish').then(() => 'finished'),
      ])
      resolve({ outcome })
      setTimeout(() => answers({ data: { a: '', b: '' } })(request, response, ''), 100)
    }
    await using world = await halfBroken(manner)
    const request = httpRequest(world.router.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
    })
    request.on('error', () => {})
    request.end(JSON.stringify({ query: document }))

    const { outcome } = await reached
    request.destroy()

    assert.equal(await outcome, isCancelled ? 'cancelled' : 'finished')
  })
}
