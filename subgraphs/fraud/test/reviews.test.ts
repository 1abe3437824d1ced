import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Identity } from '@shop/kit/identity'
import { newId } from '@shop/kit/ids'
import pg from 'pg'
import { colleague, dear, fraudWith, risk } from './world.ts'

type World = Awaited<ReturnType<typeof fraudWith>>

const decide = (shop: World, [orderId, decision]: [string, string], as: Identity = risk) =>
  shop.ask({
    as,
    query: `mutation ($input: DecideFraudReviewInput!) { decideFraudReview(input: $input) {
      __typename
      ... on FraudReviewDecided { review { state decidedBy note decidedAt } }
      ... on FraudReviewClosed { review { state decidedBy } }
    } }`,
    variables: { input: { idempotencyKey: newId(), orderId, decision, note: 'called them' } },
  })

test('what is held waits in a queue, the longest first, until a person has decided', async () => {
  await using shop = await fraudWith()
  const ids = Array.from({ length: 25 }, newId)
  for (const id of ids) {
    await shop.assess(id, dear)
    shop.wait(1000)
  }
  const page = (after: string | null) =>
    shop.ask({
      as: risk,
      query: `query ($after: String) { fraudReviews(after: $after) {
        nodes { assessment { order { id } decision } } pageInfo { endCursor } totalCount } }`,
      variables: { after },
    })

  const first = await page(null)
  const second = await page(first.data.fraudReviews.pageInfo.endCursor)
  const { data } = await decide(shop, [ids[0] ?? '', 'RELEASE'])
  const after = await page(null)

  const orders = [first, second].flatMap(({ data }) =>
    data.fraudReviews.nodes.map(
      (each: { assessment: { order: { id: string } } }) => each.assessment.order.id,
    ),
  )
  assert.deepEqual(orders, ids)
  assert.deepEqual(data.decideFraudReview, {
    __typename: 'FraudReviewDecided',
    review: {
      state: 'RELEASED',
      decidedBy: risk.id,
      note: 'called them',
      decidedAt: '2026-03-01T12:00:25.000Z',
    },
  })
  assert.deepEqual(
    [first.data.fraudReviews.totalCount, after.data.fraudReviews.totalCount],
    [25, 24],
  )
  const told = (await shop.outbox()).filter(({ name }) => name === 'fraud.review-decided')
  assert.deepEqual(told, [
    { name: 'fraud.review-decided', data: { orderId: ids[0], decision: 'RELEASE' } },
  ])
})

test('two of the staff decide at once: one of them did, and orders is told once', async () => {
  await using shop = await fraudWith({ at: 'update "reviews"', of: 2 })
  const id = newId()
  await shop.assess(id, dear)

  const both = await Promise.all([
    decide(shop, [id, 'RELEASE']),
    decide(shop, [id, 'REJECT'], colleague),
  ])

  const kinds = both.map(({ data }) => data.decideFraudReview.__typename)
  const states = both.map(({ data }) => data.decideFraudReview.review.state)
  assert.deepEqual(kinds.toSorted(), ['FraudReviewClosed', 'FraudReviewDecided'])
  assert.equal(states[0], states[1])
  const told = (await shop.outbox()).filter(({ name }) => name === 'fraud.review-decided')
  assert.equal(told.length, 1)
})

test('what was not held is not decided about', async () => {
  await using shop = await fraudWith()
  const id = newId()
  await shop.assess(id)

  const plain = await decide(shop, [id, 'REJECT'])
  const absent = await decide(shop, [newId(), 'REJECT'])
  const noId = await decide(shop, ["' or 1=1", 'REJECT'])
  const shopper = await decide(shop, [id, 'RELEASE'], { kind: 'user', id: newId(), scopes: [] })

  assert.deepEqual(
    [plain.codes, absent.codes, noId.codes, shopper.codes],
    [['NOT_FOUND'], ['NOT_FOUND'], ['NOT_FOUND'], ['FORBIDDEN']],
  )
})

test('row-level security shows assessments and reviews to staff of risk alone', async () => {
  await using shop = await fraudWith()
  await shop.assess(newId(), dear)
  const client = new pg.Client({ connectionString: shop.database.url })
  await client.connect()
  try {
    const seen = async (kind: string, scopes: string) => {
      await client.query(
        `select set_config('shop.kind', $1, false), set_config('shop.scopes', $2, false)`,
        [kind, scopes],
      )
      const { rows } =
        await client.query(`select (select count(*)::int from assessments) as assessments,
        (select count(*)::int from reviews) as reviews, (select count(*)::int from sightings) as sightings`)
      return Object.values(rows[0])
    }

    assert.deepEqual(await seen('', ''), [0, 0, 0])
    assert.deepEqual(await seen('user', 'orders:read'), [0, 0, 0])
    assert.deepEqual(await seen('staff', 'orders:read fraud:read'), [1, 1, 6])
  } finally {
    await client.end()
  }
})
