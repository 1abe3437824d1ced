import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { ConfigInput } from '../config.ts'
import type { Router } from '../router.ts'
import { federation2, graphOf, routerOf } from './graph.ts'

/** Counts what was executed. */
async function counting(config: ConfigInput = {}) {
  let executed = 0
  const count = () => ++executed
  const typeDefs = `${federation2} type Query { n(x: String): Int } type Mutation { m: Int }`
  const resolvers = { Query: { n: count }, Mutation: { m: count } }
  const router = await routerOf(graphOf({ one: { typeDefs, resolvers } }), config)
  return {
    router,
    executed: () => executed,
    [Symbol.asyncDispose]: () => router[Symbol.asyncDispose](),
  }
}

const json = { 'content-type': 'application/json' }
const cookie = { cookie: 'shop-session=1' }
const query = '?query={n}'
const post = (headers: object, body: string | Buffer = '{"query":"{n}"}') => ({
  method: 'POST',
  headers: { ...headers },
  body: body as string,
})

type Row = readonly [what: string, path: string, init: object, status: number]

const refused: readonly Row[] = [
  [
    'a mutation by GET',
    '?query=mutation{m}',
    { headers: { accept: 'application/graphql-response+json' } },
    405,
  ],
  ['a form', '', post({ 'content-type': 'application/x-www-form-urlencoded' }, 'query={n}'), 415],
  ['text', '', post({ 'content-type': 'text/plain' }), 415],
  ['a multipart form', '', post({ 'content-type': 'multipart/form-data; boundary=x' }), 415],
  ['a body of no type', '', post({ 'content-type': '' }), 415],
  [
    'a GET with an odd type',
    query,
    { headers: { 'content-type': 'text/plain;application/json' } },
    415,
  ],
  ['a GET with a form’s type', query, { headers: { 'content-type': 'multipart/form-data' } }, 415],
  ['a GET with cookies of nobody knows where', query, { headers: cookie }, 403],
  [
    'a GET with cookies by another site',
    query,
    { headers: { ...cookie, 'sec-fetch-site': 'cross-site' } },
    403,
  ],
  [
    'a GET with cookies by a sibling site',
    query,
    { headers: { ...cookie, 'sec-fetch-site': 'same-site' } },
    403,
  ],
  ['HEAD', query, { method: 'HEAD' }, 405],
  ['PUT', '', { method: 'PUT', headers: json, body: '{"query":"{n}"}' }, 405],
  [
    'OPTIONS of a stranger',
    '',
    { method: 'OPTIONS', headers: { origin: 'https://evil.example' } },
    405,
  ],
  ['an array of operations', '', post(json, '[{"query":"{n}"},{"query":"{n}"}]'), 400],
  ['a string for a body', '', post(json, '"{n}"'), 400],
  [
    'UTF-16',
    '',
    post(
      { 'content-type': 'application/json; charset=utf-16le' },
      Buffer.from('{"query":"{n}"}', 'utf16le'),
    ),
    415,
  ],
  ['UTF-7', '', post({ 'content-type': 'application/json; charset=utf-7' }), 415],
  ['Shift-JIS', '', post({ 'content-type': 'application/json; charset=shift_jis' }), 415],
  ['what is not UTF-8', '', post(json, Buffer.from([0x7b, 0xff, 0xfe, 0x7d])), 400],
  [
    'gzip',
    '',
    post({ ...json, 'content-encoding': 'gzip' }, gzipSync('x'.repeat(10_000_000))),
    415,
  ],
  ['brotli', '', post({ ...json, 'content-encoding': 'br' }), 415],
  ['more bytes than there may be', '', post(json, `{"query":"${' '.repeat(2_000_000)}{n}"}`), 413],
]

for (const [what, path, init, status] of refused) {
  test(`${what} is refused, and nothing is executed`, async () => {
    await using world = await counting()

    const response = await fetch(world.router.url + path, init)
    const body = await response.text()

    assert.deepEqual([response.status, world.executed()], [status, 0], body)
    assert.doesNotMatch(body, /"data"/)
  })
}

const accepted: readonly Row[] = [
  ['a GET without cookies', query, {}, 200],
  [
    'a GET by a page of this host',
    query,
    { headers: { ...cookie, 'sec-fetch-site': 'same-origin' } },
    200,
  ],
  [
    'a GET by a script that says what it is',
    query,
    { headers: { ...cookie, 'x-shop-client': 'web' } },
    200,
  ],
  [
    'JSON that says its charset',
    '',
    post({ 'content-type': 'application/json; charset=UTF-8' }),
    200,
  ],
]

for (const [what, path, init, status] of accepted) {
  test(`${what} is answered`, async () => {
    await using world = await counting()

    const response = await fetch(world.router.url + path, init)

    assert.deepEqual([response.status, await response.json()], [status, { data: { n: 1 } }])
  })
}

test('a page of another host may ask where it is listed, and learns so beforehand', async () => {
  const origin = 'https://shop.example'
  await using world = await counting({ origins: [origin] })
  const asked = { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } }

  const before = await fetch(world.router.url, asked)
  const answer = await fetch(world.router.url, post({ ...json, origin }))
  const other = await fetch(world.router.url, post({ ...json, origin: 'https://evil.example' }))

  const told = (response: Response) => response.headers.get('access-control-allow-origin')
  assert.deepEqual(
    [before.status, told(before), told(answer), told(other)],
    [204, origin, origin, null],
  )
})

test('a request for another host is none of ours', async () => {
  await using world = await counting({ hosts: ['shop.example'] })

  const rebound = await said(world.router, 'POST /graphql HTTP/1.1\r\nhost: evil.example\r\n\r\n')
  const ours = await said(
    world.router,
    'GET /graphql?query={n} HTTP/1.1\r\nhost: shop.example:443\r\nconnection: close\r\n\r\n',
  )

  assert.match(rebound, /^HTTP\/1\.1 421 /)
  assert.match(ours, /^HTTP\/1\.1 200 [\s\S]*\{"data":\{"n":1\}\}$/)
})

/** What a client hears who says this by hand, until the other side is done. */
async function said({ url }: Router, text: string): Promise<string> {
  const { port } = new URL(url)
  const socket = connect(Number(port), '127.0.0.1')
  let heard = ''
  socket.on('data', (chunk) => {
    heard += chunk
  })
  socket.on('error', () => {})
  socket.write(text)
  const quiet = setTimeout(() => socket.end(), 3_000)
  await new Promise((resolve) => socket.once('close', resolve))
  clearTimeout(quiet)
  return heard
}

const head = 'POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n'
const slow = { headMs: 200, wholeMs: 400 }

for (const [what, text, heard] of [
  ['a head that never ends', 'POST /graphql HTTP/1.1\r\nhost: a\r\nx-a: ', /^HTTP\/1\.1 408 /],
  ['a body that never ends', `${head}content-length: 20\r\n\r\n{"qu`, /^HTTP\/1\.1 408 /],
  ['a connection that says nothing', '', /^HTTP\/1\.1 408 /],
  ['a head of 64 KB', `${head}x-a: ${'a'.repeat(65_536)}\r\n\r\n`, /^(HTTP\/1\.1 431 |$)/],
  [
    'two lengths',
    `${head}content-length: 15\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`,
    /^HTTP\/1\.1 400 /,
  ],
  ['a length of letters', `${head}content-length: ten\r\n\r\n`, /^HTTP\/1\.1 400 /],
  ['no HTTP at all', 'HELO shop\r\n\r\n', /^HTTP\/1\.1 400 /],
] as const) {
  test(`${what} is closed by its deadline, and others are answered meanwhile`, async () => {
    await using world = await counting({ slow })
    const hostile = Promise.all(Array.from({ length: 20 }, () => said(world.router, text)))

    const other = await fetch(world.router.url + query)

    assert.deepEqual(await other.json(), { data: { n: 1 } })
    for (const each of await hostile) assert.match(each, heard)
    assert.equal(world.executed(), 1)
  })
}

test('requests that were sent without waiting are answered in their order', async () => {
  await using world = await counting()
  const names = ['a', 'b', 'c', 'd', 'e']
  const asked = names.map((name) => `GET /graphql?query={${name}:n} HTTP/1.1\r\nhost: a\r\n`)

  const heard = await said(world.router, `${asked.join('\r\n')}connection: close\r\n\r\n`)

  const answered = [...heard.matchAll(/\{"data":\{"(\w)":\d\}\}/g)].map(([, name]) => name)
  assert.deepEqual(answered, names)
})
