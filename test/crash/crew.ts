import { setTimeout } from 'node:timers/promises'
import { randomFrom } from '@shop/kit/learn/random'
import type { Recorder } from '../faults/recorder.ts'
import {
  browse,
  importPrices,
  type Known,
  keepAddresses,
  keepStock,
  signIn,
  type Turn,
} from './acts.ts'
import { type Client, clientOf } from './client.ts'
import type { Victims } from './shop.ts'

/** A kind of person: who they sign in as, and what they do again and again. */
interface Part {
  readonly count: number
  readonly restMs: number
  readonly email?: (known: Known, number: number) => string | undefined
  readonly act: (turn: Turn) => Promise<void>
}

const parts: Readonly<Record<string, Part>> = {
  browser: { count: 2, restMs: 100, act: browse },
  member: { count: 2, restMs: 500, email: (known, n) => known.customers[n], act: keepAddresses },
  keeper: { count: 1, restMs: 200, email: ({ staff }) => staff.CATALOG, act: keepStock },
  importer: { count: 1, restMs: 200, email: ({ staff }) => staff.CATALOG, act: importPrices },
}

export interface Crew extends AsyncDisposable {
  /** How often each kind did what it does. */
  readonly done: Readonly<Record<string, number>>
}

interface Working {
  readonly recorder: Recorder
  readonly known: Known
  readonly seed: number
}

/** Everybody at work, until disposed of; whoever waits for an answer is waited for. */
export function crewAt({ recorder, known, seed }: Working): Crew {
  let isOver = false
  const done: Record<string, number> = {}

  async function work(kind: string, part: Part, number: number): Promise<void> {
    const random = randomFrom(seed + number + kind.length * 1000)
    const address = `198.51.100.${(kind.length * 10 + number) % 250}`
    const client: Client = clientOf({
      ...{ recorder, address, name: `${kind} ${number}` },
      isOver: () => isOver,
    })
    const turn = { client, known, random }
    const email = part.email?.(known, number)
    let enteredAt = Number.NEGATIVE_INFINITY
    while (!isOver) {
      // Well before a token is over.
      const isDue = email && performance.now() - enteredAt > 600_000
      if (isDue && (await signIn(turn, email))) enteredAt = performance.now()
      await part.act(turn)
      done[kind] = (done[kind] ?? 0) + 1
      await setTimeout(part.restMs / 2 + random.below(part.restMs))
    }
  }

  const all = Object.entries(parts).flatMap(([kind, part]) =>
    Array.from({ length: part.count }, (_, number) => work(kind, part, number)),
  )
  return {
    done,
    async [Symbol.asyncDispose]() {
      isOver = true
      await Promise.all(all)
    },
  }
}

/** Read from the tables, before anything is broken. */
export async function knownOf(shop: Victims, password: string): Promise<Known> {
  const column = async (statement: string) =>
    (await shop.query('ecommerce', statement)).map((row) => String(Object.values(row)[0]))
  const staff = await shop.query(
    'ecommerce',
    `select role, min(email) as email from accounts.user_roles
      join accounts.users on users.id = user_id group by role`,
  )
  const [warehouseId = ''] = await column('select id from inventory.warehouses order by position')
  return {
    variantIds: await column(
      'select variant_id from inventory.stock_levels where on_hand > 0 order by 1 limit 200',
    ),
    slugs: await column(
      `select slug from catalog.products where status = 'ACTIVE' order by 1 limit 200`,
    ),
    warehouseId,
    customers: await column(`select email from accounts.users
      where not exists (select from accounts.user_roles where user_id = users.id) order by 1 limit 50`),
    staff: Object.fromEntries(staff.map(({ role, email }) => [String(role), String(email)])),
    password,
  }
}
