import type { Database, Tx } from '@shop/kit/database'
import { prepared } from '@shop/kit/database'
import type { Identity } from '@shop/kit/identity'
import { sql } from 'kysely'
import type { KeyKind, Keys, OrderFacts } from '../domain/order-facts.ts'
import { keyKinds, type Past, windows } from '../domain/past.ts'
import type { Tables } from './schema.ts'

/** Of one key, the newest: who comes more often is no more telling, and costs a checkout time. */
const mostOfKey = 200

interface Row {
  kind: KeyKind
  orders: number[]
  failures: number
  frauds: number
  emails: number
  cards: number
}

export interface Looked {
  readonly orderId: string
  readonly facts: OrderFacts
  readonly now: Date
}

export interface Seen extends Looked {
  readonly what: 'ORDER' | 'FAILURE' | 'FRAUD'
  /** Of the event, or of the assessment: told twice, it is seen once. */
  readonly toldBy: string
}

export class Sightings {
  readonly #db: Database<Tables>
  readonly #caller: Identity

  constructor(db: Database<Tables>, caller: Identity) {
    this.#db = db
    this.#caller = caller
  }

  past(looked: Looked): Promise<Past> {
    return this.#db.as(this.#caller, (tx) => pastOf(tx, looked))
  }

  /** Null where it takes longer: the server ends it, and the connection is free again. */
  async pastWithin(ms: number, looked: Looked): Promise<Past | null> {
    try {
      return await this.#db.as(this.#caller, async (tx) => {
        await sql`select set_config('statement_timeout', ${String(ms)}, true)`.execute(tx)
        return pastOf(tx, looked)
      })
    } catch (fault) {
      if ((fault as { code?: string }).code === queryCanceled) return null
      throw fault
    }
  }

  async saw(seen: Seen): Promise<void> {
    await this.#db.as(this.#caller, (tx) => see(tx, seen))
  }

  async forgetBefore(time: Date): Promise<void> {
    await this.#db.as(this.#caller, (tx) =>
      tx.deleteFrom('sightings').where('at', '<', time).execute(),
    )
  }
}

const queryCanceled = '57014'

const hourMs = 3_600_000

/** The newest of each key by its index, counted by window. */
async function pastOf(tx: Tx<Tables>, { orderId, facts, now }: Looked): Promise<Past> {
  const [hour, day, week, month] = windows.map(
    ({ hours }) => new Date(now.getTime() - hours * hourMs),
  )
  const { rows } = await sql<Row>`
    select key.kind,
      array[
        count(*) filter (where what = 'ORDER' and at > ${hour}),
        count(*) filter (where what = 'ORDER' and at > ${day}),
        count(*) filter (where what = 'ORDER' and at > ${week}),
        count(*) filter (where what = 'ORDER')
      ]::integer[] as orders,
      (count(*) filter (where what = 'FAILURE' and at > ${day}))::integer as failures,
      (count(distinct order_id) filter (where what = 'FRAUD'))::integer as frauds,
      (count(distinct email) filter (where what = 'ORDER'))::integer as emails,
      (count(distinct card) filter (where what = 'ORDER'))::integer as cards
    from jsonb_to_recordset(${JSON.stringify(keysIn(facts.keys))}::jsonb) as key(kind text, hash text)
    left join lateral (
      select what, at, order_id, email, card from sightings
      where kind = key.kind and hash = key.hash and at > ${month} and at <= ${now}
        and order_id <> ${orderId}
      order by at desc limit ${sql.lit(mostOfKey)}
    ) as seen on true
    group by key.kind ${prepared}`.execute(tx)
  const of = new Map(rows.map((row) => [row.kind, row]))
  return {
    keys: Object.fromEntries(
      rows.map(({ kind, orders, failures, frauds }) => [kind, { orders, failures, frauds }]),
    ),
    emailsOfCard: of.get('card')?.emails ?? null,
    cardsOfEmail: of.get('email')?.cards ?? null,
    emailsOfDevice: of.get('device')?.emails ?? null,
  }
}

/** In the transaction at hand. */
export async function see(tx: Tx<Tables>, { orderId, facts, now, what, toldBy }: Seen) {
  const { email, card } = facts.keys
  const of = { at: now, what, told_by: toldBy, order_id: orderId, email, card }
  const rows = keysIn(facts.keys).map((key) => ({ ...key, ...of }))
  if (rows.length === 0) return
  await tx
    .insertInto('sightings')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

const keysIn = (keys: Keys) =>
  keyKinds.flatMap((kind) => {
    const hash = keys[kind]
    return hash === null ? [] : [{ kind, hash }]
  })
