import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Comparison, differences } from './compare.ts'
import { media, shop } from './worlds.ts'

const inAShop = { parts: shop, operations: 60, depth: 4 }
const withMedia = { parts: media, operations: 40, depth: 3 }
const cases: readonly (Comparison & { readonly name: string })[] = [
  { name: 'a shop', ...inAShop, engine: 'hive', faults: 0, seed: 1 },
  { name: 'a shop in disorder', ...inAShop, engine: 'apollo', faults: 13, seed: 2 },
  { name: 'media', ...withMedia, engine: 'hive', faults: 0, seed: 3 },
  { name: 'media in disorder', ...withMedia, engine: 'apollo', faults: 17, seed: 4 },
]

for (const { name, ...comparison } of cases) {
  test(`${name} is answered as by the reference, with ${comparison.engine}'s plans`, async () => {
    const { found } = await differences(comparison)

    assert.deepEqual(found, [])
  })
}
