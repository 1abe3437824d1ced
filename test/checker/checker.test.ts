import assert from 'node:assert/strict'
import { test } from 'node:test'
import { randomFrom } from '@shop/kit/learn/random'
import pg from 'pg'
import { demoPassword } from '../../deploy/solo/demo.ts'
import { buy } from '../crash/buying.ts'
import { clientOf } from '../crash/client.ts'
import { knownOf } from '../crash/crew.ts'
import { evidenceOf } from '../crash/evidence.ts'
import { openProvider } from '../crash/provider.ts'
import { settled } from '../crash/settle.ts'
import { openVictims, placeFor, superuserOf, type Victims } from '../crash/shop.ts'
import { layOutVoucher } from '../crash/vouchers.ts'
import { recorderAt } from '../faults/recorder.ts'
import { check } from './check.ts'
import { type Corruption, corruptions } from './corruptions.ts'
import type { Evidence, Query } from './evidence.ts'

/** A shop where a dozen shoppers have been: some paid, some were declined, some changed their mind. */
async function shopWithOrders() {
  await using opening = new AsyncDisposableStack()
  const place = await placeFor('solo', `checker-${process.pid}`)
  const provider = opening.use(await openProvider(place.ports.GATEWAY_PORT ?? ''))
  const shop = opening.use(await openVictims(place, { products: 40, env: provider.env }))
  await shop.untilReady()
  const since = new Date()
  const recorder = recorderAt(shop.url)
  const known = await knownOf(shop, demoPassword)
  await layOutVoucher(recorder, known, 40)
  for (let number = 0; number < 14; number += 1) {
    const name = `shopper ${number}`
    const client = clientOf({
      recorder,
      name,
      address: `198.51.100.${number}`,
      isOver: () => false,
    })
    await buy({ client, known, random: randomFrom(number) })
  }
  await settled(shop)
  const evidence = await evidenceOf(shop, { recorder, since, provider })
  const opened = opening.move()
  return { shop, evidence, [Symbol.asyncDispose]: () => opened.disposeAsync() }
}

/** The same evidence, read within one transaction that sees what was planted in it and is rolled back. */
async function planted(shop: Victims, evidence: Evidence, corruption: Partial<Corruption>) {
  const client = new pg.Client({ connectionString: superuserOf(shop.folder, 'ecommerce') })
  await client.connect()
  const query: Evidence['shop'] = async (statement, values = []) =>
    (await client.query(statement, [...values])).rows
  try {
    await query('begin')
    await query('set local session_replication_role = replica')
    await corruption.plant?.(query)
    const within = { ...evidence, shop: query }
    return await check(corruption.bend?.(within) ?? within)
  } finally {
    await client.end()
  }
}

test('a shop where nothing went wrong has no finding, and each planted corruption breaks its invariant alone', async (t) => {
  await using world = await shopWithOrders()
  const { shop, evidence } = world
  const paid = evidence.intents.filter(({ status }) => status === 'succeeded')
  t.diagnostic(`${evidence.intents.length} payments, ${paid.length} captured`)

  assert.deepEqual(await check(evidence), {})
  assert.equal(new Set(evidence.mails.map(({ event }) => event)).size, evidence.mails.length)
  assert.ok(evidence.mails.length >= paid.length, `${evidence.mails.length} mails`)
  assert.deepEqual(await planted(shop, evidence, { plant: restored }), {})
  for (const [name, corruption] of Object.entries(corruptions)) {
    const found = await planted(shop, evidence, corruption)
    const told = `${name}: ${JSON.stringify(found, null, 2)}`
    assert.deepEqual(Object.keys(found), [corruption.breaks], told)
  }
})

/** As a restore leaves it: every aggregate counts on from a new epoch, and one of them has. */
async function restored(shop: Query): Promise<void> {
  await shop('update orders.event_sequences set last = (last / 1000000000 + 1) * 1000000000')
  await shop(`with next as (
      update orders.event_sequences set last = last + 1
      where (aggregate, aggregate_id) = (
        select aggregate, aggregate_id from orders.event_sequences limit 1) returning *
    )
    insert into orders.outbox
      (id, name, version, aggregate, aggregate_id, sequence, occurred_at, actor, data, routed)
    select gen_random_uuid(), 'orders.unheard', 1, aggregate, aggregate_id, last, now(), 'x', '{}', true
    from next`)
}
