import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { localCache } from '@shop/kit/cache'
import { systemClock } from '@shop/kit/clock'
import { nobody } from '@shop/kit/identity'
import { cacheStep } from '../cache/step.ts'
import { type ListMode, listsIn } from '../document/lists.ts'
import { persistedStep } from '../document/persisted.ts'
import { Remembered } from '../document/remembered.ts'
import { apiKeyStep, apiKeysBy } from '../identity/api-keys.ts'
import type { Step } from '../request.ts'
import { roadWith } from '../road.ts'
import { openRouter } from '../router.ts'
import { type Answer, graphOf } from './graph.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

const listed = 'query Listed { a }'
const others = '{ b }'

const typeDefs = `extend schema
    @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@composeDirective"])
    @link(url: "https://shopgraph.dev/directives/v1.0", import: ["@cacheControl"])
    @composeDirective(name: "@cacheControl")
  directive @cacheControl(maxAge: Int, scope: String) on OBJECT | FIELD_DEFINITION
  type Query { a: Int @cacheControl(maxAge: 60) b: Int }`

async function world(mode: ListMode = 'require') {
  const folder = mkdtempSync(path.join(tmpdir(), 'lists-'))
  const list = {
    format: 'apollo-persisted-query-manifest',
    version: 1,
    mode,
    keys: { k2: 'log' },
    operations: [{ id: sha256(listed), name: 'Listed', type: 'query', body: listed }],
  }
  writeFileSync(path.join(folder, 'erp.json'), JSON.stringify(list))
  const { supergraph, link } = graphOf({
    s: { typeDefs, resolvers: { Query: { a: () => 1, b: () => 2 } } },
  })
  const grants = new Map(
    [
      ['good', { id: 'k1', scopes: [], operationList: 'erp' }],
      ['logged', { id: 'k2', scopes: [], operationList: 'erp' }],
      ['listless', { id: 'k3', scopes: [], operationList: 'gone' }],
    ].map(([key, grant]) => [sha256(String(key)), grant]),
  )
  const unknown: string[] = []
  const asked: string[] = []
  const anonymous: Step = (request) => {
    request.identity = nobody
  }
  const keys = apiKeysBy(async (hash) => {
    asked.push(hash)
    return grants.get(hash) ?? null
  })
  const onUnknown = (key: string, id: string) => void unknown.push(`${key} ${id}`)
  const router = await openRouter({
    supergraph,
    link,
    config: { port: 0 },
    steps: roadWith({
      arrived: [
        anonymous,
        apiKeyStep(keys),
        persistedStep({ mostBytes: 100_000, lists: listsIn(folder), onUnknown }),
      ],
      admitted: [cacheStep({ cache: localCache(systemClock) })],
    }),
  })
  async function get(search: Record<string, string>, key?: string) {
    const headers = key === undefined ? {} : { 'x-api-key': key }
    const response = await fetch(`${router.url}?${new URLSearchParams(search)}`, { headers })
    const { data, errors } = (await response.json()) as Answer
    return { response, said: data ?? errors?.[0].extensions.code }
  }
  return {
    unknown,
    asked,
    get,
    async [Symbol.asyncDispose]() {
      await router[Symbol.asyncDispose]()
      rmSync(folder, { recursive: true })
    },
  }
}

const byHash = (hash: string, query?: string) => ({
  ...(query && { query }),
  extensions: JSON.stringify({ persistedQuery: { version: 1, sha256Hash: hash } }),
})

test('a storefront registers an operation once and asks by its hash from then on', async () => {
  await using shop = await world()
  const hash = sha256(others)

  const said = [
    await shop.get(byHash(hash)),
    await shop.get(byHash(hash, others)),
    await shop.get(byHash(hash)),
    await shop.get(byHash(sha256('another'), others)),
    await shop.get(byHash(sha256('{ nothing }'), '{ nothing }')),
    await shop.get(byHash(sha256('{ nothing }'))),
    await shop.get(byHash('x')),
  ].map((each) => each.said)

  assert.deepEqual(said, [
    'PERSISTED_QUERY_NOT_FOUND',
    { b: 2 },
    { b: 2 },
    'BAD_REQUEST',
    'GRAPHQL_VALIDATION_FAILED',
    'PERSISTED_QUERY_NOT_FOUND',
    'PERSISTED_QUERY_NOT_SUPPORTED',
  ])
})

test('a flood of registrations is bounded, and what is in use stays', () => {
  const remembered = new Remembered(100_000)
  remembered.add('hot', '{ hot }')
  remembered.get('hot')

  for (let at = 0; at < 100_000; at += 1) remembered.add(`h${at}`, `{ cold${at} }`)
  remembered.add('huge', 'x'.repeat(1_000_000))

  assert.equal(remembered.get('hot'), '{ hot }')
  assert.equal(remembered.get('huge'), undefined)
  assert.ok(remembered.bytes <= 100_000)
})

test('a partner runs what is in its list, by id over GET, and nothing else', async () => {
  await using shop = await world()

  const byId = await shop.get({ documentId: `sha256:${sha256(listed)}` }, 'good')
  const byText = await shop.get({ query: listed }, 'good')
  const other = await shop.get({ query: others }, 'good')
  const unpublished = await shop.get({ query: listed }, 'listless')

  assert.deepEqual([byId.said, byText.said], [{ a: 1 }, { a: 1 }])
  assert.deepEqual([other.said, other.response.status], ['PERSISTED_QUERY_NOT_IN_LIST', 403])
  assert.equal(unpublished.said, 'PERSISTED_QUERY_NOT_IN_LIST')
  assert.equal(byId.response.headers.get('cache-control'), 'public, max-age=60')
  assert.match(String(byId.response.headers.get('vary')), /x-api-key/)
  assert.ok(byId.response.headers.get('etag'))
})

test('a key may be let run what its list does not have, and be told of', async () => {
  await using shop = await world()

  const { said } = await shop.get({ query: others }, 'logged')

  assert.deepEqual(said, { b: 2 })
  assert.deepEqual(shop.unknown, [`k2 ${sha256(others)}`])
})

test('a key that is none is refused, and accounts is not asked of it again and again', async () => {
  await using shop = await world()

  const said = await Promise.all(
    Array.from({ length: 20 }, () => shop.get({ query: listed }, 'none')),
  )

  assert.deepEqual(
    said.map((each) => [each.said, each.response.status]),
    Array(20).fill(['UNAUTHENTICATED', 401]),
  )
  assert.equal(shop.asked.length, 1)
})
