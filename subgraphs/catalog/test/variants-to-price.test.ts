import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { catalogOf } from './world.ts'

const operation = new URL('../../promotions/operations/variantsToPrice.graphql', import.meta.url)

test('all that a price asks of ten variants is four statements', async () => {
  await using shop = await catalogOf(12)
  const query = await readFile(operation, 'utf8')
  const rows = await shop.database.run('select id from product_variants order by id limit 10')
  const ids = rows.map(({ id }) => String(id))
  shop.statements.length = 0

  const { data } = await shop.ask({ query, variables: { ids: [...ids, ids[0], 'no id'] } })

  assert.deepEqual(
    data.variants.map(({ id }: { id: string }) => id),
    ids,
  )
  assert.equal(shop.statements.length, 4)
  const [first] = data.variants
  const [row] = await shop.database.run(
    `select path from categories join product_categories on category_id = categories.id
      where product_id = $1 order by product_categories.position`,
    [first.product.id],
  )
  const [category] = first.product.categories
  const path = [...category.ancestors.map(({ id }: { id: string }) => id), category.id]
  assert.deepEqual(path, row?.path)
})

test('at most a hundred variants are asked for at once', async () => {
  await using shop = await catalogOf(1)
  const query = 'query ($ids: [ID!]!) { variants(ids: $ids) { id } }'

  const { codes } = await shop.ask({ query, variables: { ids: new Array(101).fill('x') } })

  assert.deepEqual(codes, ['BAD_USER_INPUT'])
})
