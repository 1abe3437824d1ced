import { type Kysely, sql } from 'kysely'

/** Value-added tax of the countries that a new shop sends to: on goods, and on food. */
const countries = [
  ['DE', 1900, 700],
  ['FR', 2000, 550],
  ['NL', 2100, 900],
  ['AT', 2000, 1000],
  ['ES', 2100, 1000],
  ['IE', 2300, 0],
] as const

const standardClass = '01900000-0000-7000-8000-0000000000a1'
const foodClass = '01900000-0000-7000-8000-0000000000a2'

const rate = (amountMinor: number, fromMinor: number, toMinor: number | null) => ({
  countries: countries.map(([country]) => country),
  regions: [],
  fromGrams: 0,
  toGrams: 30_000,
  fromMinor,
  toMinor,
  amountMinor,
  currency: 'EUR',
})

const standard = JSON.stringify([rate(490, 0, 5000), rate(0, 5000, null)])
const express = JSON.stringify([rate(990, 0, null)])

/** So that it can sell at once. Whoever keeps the shop changes them, or ends them. */
export async function up(db: Kysely<unknown>) {
  await sql`
    insert into tax_classes (id, code, name, is_default) values
      (${standardClass}, 'standard', 'Standard', true), (${foodClass}, 'food', 'Food', false)`.execute(
    db,
  )
  for (const [country, standardBps, foodBps] of countries) {
    await sql`insert into tax_rates (tax_class_id, country, rate_bps) values
      (${standardClass}, ${country}, ${standardBps}), (${foodClass}, ${country}, ${foodBps})`.execute(
      db,
    )
  }
  await sql`
    insert into shipping_methods (id, code, name, min_days, max_days, rates, position) values
      ('01900000-0000-7000-8000-0000000000b1', 'standard', 'Standard', 2, 5, ${standard}::jsonb, 1),
      ('01900000-0000-7000-8000-0000000000b2', 'express', 'Express', 1, 2, ${express}::jsonb, 2)
  `.execute(db)
}
