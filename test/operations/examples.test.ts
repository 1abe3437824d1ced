import assert from 'node:assert/strict'
import { test } from 'node:test'
import { demoShop } from '@shop/demo/demo-shop'
import { examples } from '@shop/gateway/playground/examples'
import { buildApiSchema } from '@shop/gateway/supergraph/api-schema'
import { parse, validate } from 'graphql'
import { listedPorts, written } from './written.ts'

/** The text of every GraphQL block of a page, what the playground offers, and what it asks before. */
const pages = [
  ...examples.flatMap(({ text, fills }) => [text, ...fills.map(({ ask }) => ask)]),
  ...[...written('README.md').matchAll(/```graphql\n([\s\S]*?)```/g)].map(([, text]) => text ?? ''),
]

test('every example is a valid query, and those of the playground have names of their own', () => {
  const sdl = written('gateway/supergraph.graphql')
  const schema = buildApiSchema(sdl, new Set(listedPorts().map(([name]) => name)))

  for (const page of pages) assert.deepEqual(validate(schema, parse(page)).map(String), [])
  const names = examples.map(({ name }) => name)
  assert.ok(names.length >= 5 && new Set(names).size === names.length && !names.includes(''))
})

test('what the examples name is on sale in the demo shop', () => {
  const text = pages.join('\n')
  const slugs = [...text.matchAll(/"([a-z0-9-]+-[0-9a-z]{4})"/g)].map(([, slug]) => slug)
  const skus = [...text.matchAll(/"([A-Z]{3}-[0-9A-Z]{4}-\d\d)"/g)].map(([, sku]) => sku)
  const onSale = demoShop({ until: new Date('2026-11-01'), products: 1200 })
    .products()
    .filter(({ status }) => status === 'ACTIVE')
    .toArray()

  const known = new Set(
    onSale.flatMap(({ slug, variants }) => [slug, ...variants.map((v) => v.sku)]),
  )
  assert.deepEqual(
    [...slugs, ...skus].filter((each) => !known.has(each ?? '')),
    [],
  )
  assert.ok(slugs.length > 0 && skus.length > 0)
})
