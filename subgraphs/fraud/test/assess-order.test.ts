import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '@shop/kit/ids'
import { dear, fraudWith, plain, risk } from './world.ts'

test('an order that nobody would look at is allowed, and says what it was made from', async () => {
  await using shop = await fraudWith()
  const id = newId()

  const { data } = await shop.assess(id)

  const { assessmentId } = data.assessOrder
  assert.deepEqual(data.assessOrder, {
    assessmentId,
    decision: 'ALLOW',
    score: 0,
    reasons: [],
    degraded: false,
  })
  const order = `{ _entities(representations: [{ __typename: "Order", id: "${id}" }]) {
    ... on Order { fraudScore fraudAssessment {
      id decision score level reasons rules confidence degraded computedAt confirmedAt
      model { name version } review { id } order { id } } }
  } }`
  const read = await shop.ask({ as: risk, query: order })
  assert.deepEqual(read.data._entities, [
    {
      fraudScore: 0,
      fraudAssessment: {
        id: assessmentId,
        decision: 'ALLOW',
        score: 0,
        level: 'NORMAL',
        reasons: [],
        rules: [],
        confidence: 1,
        degraded: false,
        computedAt: '2026-03-01T12:00:00.000Z',
        confirmedAt: null,
        model: { name: 'scorecard', version: '1' },
        review: null,
        order: { id },
      },
    },
  ])
})

test('an order is assessed once, by whatever key it is asked', async () => {
  await using shop = await fraudWith()
  const id = newId()
  const first = await shop.assess(id, dear)

  const again = await shop.assess(id, dear)
  const byAnotherKey = await shop.assess(id, plain, 'another')
  const conflict = await shop.assess(id, plain)

  assert.equal(first.data.assessOrder.decision, 'REVIEW')
  assert.deepEqual([again.data, byAnotherKey.data], [first.data, first.data])
  assert.deepEqual(conflict.codes, ['IDEMPOTENCY_CONFLICT'])
  assert.deepEqual(await shop.outbox(), [
    {
      name: 'fraud.fraud-suspected',
      data: { orderId: id, assessmentId: first.data.assessOrder.assessmentId, score: 24 },
    },
  ])
})

test('two keys at once for one order: one assessment, one review', async () => {
  await using shop = await fraudWith({ at: 'insert into "assessments"', of: 2 })
  const id = newId()

  const [one, other] = await Promise.all([shop.assess(id, dear, 'a'), shop.assess(id, dear, 'b')])

  assert.deepEqual(one.data, other.data)
  const [counts] = await shop.database.run(
    'select (select count(*)::int from assessments) as made, (select count(*)::int from reviews) as held',
  )
  assert.deepEqual(counts, { made: 1, held: 1 })
})

test('what an order is known by counts in windows of an hour, a day, a week and a month', async () => {
  await using shop = await fraudWith()
  const hour = 3_600_000
  await shop.assess(newId())
  shop.wait(25 * 24 * hour)
  await shop.assess(newId(), { paymentMethodHash: 'another card' })
  shop.wait(2 * hour)
  await shop.assess(newId(), { emailHash: 'hash of ben' })
  shop.wait(hour / 2)

  const { data } = await shop.assess(newId())

  const [{ features }] = (await shop.database.run(
    'select features from assessments where id = $1',
    [data.assessOrder.assessmentId],
  )) as [{ features: Record<string, number> }]
  const of = (name: string) => ['1h', '1d', '7d', '30d'].map((each) => features[`${name}_${each}`])
  assert.deepEqual(of('orders_of_client'), [1, 2, 2, 3])
  assert.deepEqual(of('orders_of_email'), [0, 1, 1, 2])
  assert.deepEqual(of('orders_of_card'), [1, 1, 1, 2])
  assert.deepEqual(
    [features.emails_of_card_30d, features.cards_of_email_30d, features.emails_of_device_30d],
    [2, 2, 2],
  )
})

test('where the past takes too long, the rest decides and the answer says so', async () => {
  await using shop = await fraudWith(undefined, 1)
  // So many of one key that no machine looks at them in a millisecond.
  await shop.database.run(`insert into sightings
    select kind, hash, timestamptz '2026-03-01T11:00:00Z' - i * interval '1 second', 'ORDER',
      gen_random_uuid(), gen_random_uuid(), 'mail ' || i, 'card ' || i
    from generate_series(1, 1500) as i, (values ('email', 'hash of ada'), ('card', 'hash of a card'),
      ('client', 'hash of a client'), ('network', 'hash of a network')) as key(kind, hash)`)

  const { data } = await shop.assess(newId(), dear)

  const { decision, degraded } = data.assessOrder
  assert.deepEqual({ decision, degraded }, { decision: 'REVIEW', degraded: true })
})

test('tens of thousands of one key are looked at as quickly as none', async (t) => {
  await using shop = await fraudWith()
  await shop.database.run(`insert into sightings
    select kind, 'hash of a ' || kind, timestamptz '2026-03-01T11:59:59Z' - i * interval '10 seconds',
      'ORDER', gen_random_uuid(), gen_random_uuid(), 'mail ' || i % 900, 'card ' || i % 500
    from generate_series(1, 20000) as i, (values ('client'), ('network'), ('card')) as key(kind)`)
  await shop.database.run('analyze sightings')
  const timed = async (input: object) => {
    const began = performance.now()
    const { data } = await shop.assess(newId(), input)
    assert.equal(data.assessOrder.degraded, false)
    return performance.now() - began
  }
  const unseen = (i: number) => ({
    clientAddressHash: `client ${i}`,
    addressNetworkHash: `network ${i}`,
    paymentMethodHash: `card ${i}`,
  })
  for (let i = 0; i < 5; i += 1) await timed({})
  const [busy, quiet]: [number[], number[]] = [[], []]

  // By turns, so that whatever else the machine does slows both.
  for (let i = 0; i < 40; i += 1) {
    busy.push(await timed({}))
    quiet.push(await timed(unseen(i)))
  }

  const median = (times: number[]) => times.toSorted((a, b) => a - b)[20] ?? Number.NaN
  t.diagnostic(`median ${median(busy).toFixed(1)} ms, of none ${median(quiet).toFixed(1)} ms`)
  assert.ok(median(busy) < 2 * median(quiet))
})

test('nobody but orders assesses, and no shopper sees what was thought of them', async () => {
  await using shop = await fraudWith()
  const id = newId()
  await shop.assess(id)

  const input = { ...plain, idempotencyKey: 'mine', orderId: newId() }
  const query = 'mutation ($input: AssessOrderInput!) { assessOrder(input: $input) { score } }'
  const forged = await shop.ask({ as: risk, query, variables: { input } })
  const order = `{ _entities(representations: [{ __typename: "Order", id: "${id}" }]) {
    ... on Order { fraudScore } } }`
  const curious = await shop.ask({ as: newId(), query: order })
  const nobody = await shop.ask({ query: order })

  assert.deepEqual(forged.codes, ['FORBIDDEN'])
  assert.deepEqual(
    [curious.codes, curious.data._entities[0].fraudScore, nobody.codes],
    [['FORBIDDEN'], null, ['UNAUTHENTICATED']],
  )
})

test('what is no order is refused, and leaves nothing', async () => {
  await using shop = await fraudWith()

  const refused = [
    await shop.assess('not an id'),
    await shop.assess(newId(), { lines: [] }),
    await shop.assess(newId(), { emailHash: 'x'.repeat(201) }),
    await shop.assess(newId(), { total: { amountMinor: -1, currency: 'EUR' } }),
  ]

  for (const { codes } of refused) assert.deepEqual(codes, ['BAD_USER_INPUT'])
  assert.deepEqual(await shop.database.run('select id from assessments'), [])
})

test('a page of orders is one statement', async () => {
  await using shop = await fraudWith()
  const ids = Array.from({ length: 30 }, newId)
  for (const id of ids) await shop.assess(id)
  shop.standing.statements.length = 0

  const { data } = await shop.ask({
    as: risk,
    query: `query ($all: [_Any!]!) { _entities(representations: $all) {
      ... on Order { fraudScore fraudAssessment { decision review { state } } } } }`,
    variables: { all: ids.map((id) => ({ __typename: 'Order', id })) },
  })

  assert.equal(data._entities.length, 30)
  const selects = shop.standing.statements.filter((each) => each.startsWith('select "'))
  assert.equal(selects.length, 2, selects.join('\n'))
})
