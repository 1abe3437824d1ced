import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from 'graphql'
import type { ListedSubgraph } from './subgraphs.ts'
import { composed } from './supergraph.ts'

const head = `
  extend schema
    @link(url: "https://specs.apollo.dev/federation/v2.9",
      import: ["@authenticated", "@composeDirective", "@key", "@shareable"])
    @link(url: "https://shopgraph.dev/directives/v1.0", import: ["@public"])
    @composeDirective(name: "@public")
  directive @public on OBJECT | FIELD_DEFINITION`

const listed = (name: string, sdl: string): ListedSubgraph => ({
  name,
  url: `http://127.0.0.1/${name}`,
  file: `subgraphs/${name}/schema.graphql`,
  folder: '',
  typeDefs: parse(`${head}\n${sdl}`),
})

const mugs = listed(
  'mugs',
  `
  type Query { mug: Mug @public }
  type Mug @key(fields: "id") @public { id: ID! name: String }`,
)

const refusedFor = (...all: ListedSubgraph[]) => {
  const result = composed(all)
  return result.kind === 'refused' ? result.faults.map(({ where, what }) => `${where} ${what}`) : []
}

test('what keeps the rules composes, with its policies', () => {
  const result = composed([mugs])

  assert.equal(result.kind, 'composed')
  assert.match(result.kind === 'composed' ? result.supergraph : '', /type Mug[^{]*@public/s)
})

test('a field without a policy is refused, with its place', () => {
  const forgotten = listed('tea', 'type Query { tea: Tea @public }\n type Tea { leaf: String }')

  assert.deepEqual(refusedFor(mugs, forgotten), [
    'subgraphs/tea/schema.graphql:9 Tea.leaf has no policy',
  ])
})

test('a policy of a type holds for the fields of the same schema alone', () => {
  const more = listed('prices', 'type Mug @key(fields: "id") { id: ID! @public price: Int }')

  assert.deepEqual(refusedFor(mugs, more), [
    'subgraphs/prices/schema.graphql:8 Mug.price has no policy',
  ])
})

test('a shared field that gives an entity is refused', () => {
  const shares = listed(
    'shelf',
    `
    type Shelf @key(fields: "id") @public { id: ID! mug: Mug @shareable }
    type Mug @key(fields: "id") @public { id: ID! }`,
  )

  assert.deepEqual(refusedFor(mugs, shares), [
    'subgraphs/shelf/schema.graphql:9 Shelf.mug is @shareable and gives the entity Mug',
  ])
})

test('only a mutation gives a session', () => {
  const reads = listed('tea', 'type Query { tea: String @public @needsSession }')

  assert.deepEqual(refusedFor(mugs, reads), [
    'subgraphs/tea/schema.graphql:8 Query.tea has @needsSession and is no mutation',
  ])
})

test('what is added to a type that is kept says its own age', () => {
  const kept = listed(
    'catalog',
    `
    type Query { tea: Tea @public }
    type Tea @key(fields: "id") @public @cacheControl(maxAge: 60) { id: ID! name: String }`,
  )
  const adds = listed(
    'wishes',
    `type Tea @key(fields: "id") @public { id: ID! wished: Boolean price: Int @cacheControl(maxAge: 5)
      note: String @authenticated }`,
  )

  assert.deepEqual(refusedFor(kept, adds), [
    'subgraphs/wishes/schema.graphql:8 Tea.wished is added to a type that is kept, and does not say for how long',
  ])
})

test('a type has one owner', () => {
  const tea = 'type Leaf @public { name: String }'

  assert.deepEqual(refusedFor(mugs, listed('tea', tea), listed('herbs', tea)), [
    'subgraphs/tea/schema.graphql:8 Leaf and subgraphs/herbs/schema.graphql:8 Leaf both define Leaf',
  ])
})

test('what federation refuses is told too', () => {
  const lost = listed('tea', 'type Query { tea: Nowhere @public }')

  assert.match(refusedFor(mugs, lost)[0] ?? '', /Nowhere/)
})
