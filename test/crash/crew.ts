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
  signUp,
  type Turn,
} from './acts.ts'
import { buy, ship } from './buying.ts'
import { type Client, clientOf } from './client.ts'
import type { Victims } from './shop.ts'

/** A kind of person: how they come in, and what they do again and again. */
interface Part {
  readonly count: number
  readonly restMs: number
  readonly enter?: (turn: Turn) => Promise<boolean>
  readonly act: (turn: Turn) => Promise<void>
}

const as = (role: string) => (turn: Turn) => signIn(turn, turn.known.staff[role] ?? '')

const parts: Readonly<Record<string, Part>> = {
  browser: { count: 1, restMs: 300, act: browse },
  member: { count: 1, restMs: 1000, enter: signUp, act: keepAddresses },
  keeper: { count: 1, restMs: 1000, enter: as('CATALOG'), act: keepStock },
  shopper: { count: 4, restMs: 50, act: buy },
  packer: { count: 1, restMs: 1000, enter: as('SUPPORT'), act: ship },
  importer: { count: 1, restMs: 1000, enter: as('CATALOG'), act: importPrices },
}

export interface Crew extends AsyncDisposable {
  /** How often each kind did what it does. */
  readonly done: Readonly<Record<string, number>>
}

interface Working {
  readonly recorder: Recorder
  readonly known: Known
  readonly seed: number
  /** Those alone who come to the points of a walk: a machine that starts things anew has enough to do. */
  readonly isFew?: boolean | undefined
}

/** Everybody at work, until disposed of; whoever waits for an answer is waited for. */
export function crewAt({ recorder, known, seed, isFew = false }: Working): Crew {
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
    let enteredAt = Number.NEGATIVE_INFINITY
    while (!isOver) {
      // Well before a token is over.
      const isDue = performance.now() - enteredAt > 600_000
      if (isDue && (await part.enter?.(turn))) enteredAt = performance.now()
      await part.act(turn)
      done[kind] = (done[kind] ?? 0) + 1
      await setTimeout(part.restMs / 2 + random.below(part.restMs))
    }
  }

  const here = Object.entries(parts).filter(([kind]) => !isFew || kind === 'shopper')
  const all = here.flatMap(([kind, part]) =>
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
    // What can be sent by post and is no fortune: the rest is refused, or looked at by staff.
    variantIds: await column(`
      select variant.id from catalog.product_variants variant
        join catalog.products on products.id = product_id
        join inventory.stock_levels on variant_id = variant.id
      where status = 'ACTIVE' and variant.archived_at is null and amount_minor between 500 and 9000
        and coalesce(weight_grams, 0) < 5000
      group by variant.id having sum(on_hand) > 10 order by 1 limit 100`),
    slugs: await column(
      `select slug from catalog.products where status = 'ACTIVE' order by 1 limit 200`,
    ),
    warehouseId,
    staff: Object.fromEntries(staff.map(({ role, email }) => [String(role), String(email)])),
    password,
  }
}
