import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kitchen, mug, promotionsWith, tea, tenthOff } from './world.ts'

const offers = /* GraphQL */ `
  query ($representations: [_Any!]!) {
    _entities(representations: $representations) {
      ... on ProductVariant { offers { name kind percentOffBps endsAt } }
    }
  }
`

test('everybody sees what runs and names a product, and nobody what needs a voucher', async () => {
  await using shop = await promotionsWith()
  await tenthOff(shop, { name: 'Kitchen', categoryIds: [kitchen] })
  await tenthOff(shop, { name: 'Secret', categoryIds: [kitchen], needsVoucher: true })
  await tenthOff(shop, { name: 'Later', categoryIds: [kitchen], startsAt: '2027-01-01T00:00:00Z' })
  await tenthOff(shop, { name: 'Everything' })
  shop.asked.length = 0
  const representations = [mug, tea].map((id) => ({ __typename: 'ProductVariant', id }))

  const { data } = await shop.ask({ query: offers, variables: { representations } })

  assert.deepEqual(data._entities, [
    { offers: [{ name: 'Kitchen', kind: 'PERCENT', percentOffBps: 1000, endsAt: null }] },
    { offers: [] },
  ])
  assert.deepEqual(shop.asked, [['variantsToPrice', [mug, tea]]])
})
