import { setTimeout } from 'node:timers/promises'
import { placeOf } from '@shop/kit/events'
import { inboxOf } from '@shop/kit/inbox'
import { randomFrom } from '@shop/kit/learn/random'
import { freshDatabase, silent, type TestDatabase } from '@shop/kit/testing'
import { migrations } from '../../subgraphs/kit/test/notes.ts'
import { faultsIn } from './found.ts'
import { databaseOf, listenersOn, type Part, service } from './notes.ts'
import { planOf, scheduleOf } from './plan.ts'
import { kept } from './processes.ts'
import type { Store } from './stores.ts'

export interface Campaign {
  readonly seed: number
  readonly events: number
  readonly aggregates: number
  /** How many kills; they are spread over the kinds. */
  readonly kills: number
  /** The longest between two kills, about; the shortest is a quarter of it. */
  readonly mostMs: number
  readonly pauseMs: number
  readonly told?: (line: string) => void
}

/** Events on their way while everything they travel on is killed; then whether all came, once and in order. */
export async function campaign(asked: Campaign, at: Store) {
  const { seed, events, aggregates, pauseMs, told = () => {} } = asked
  await using from = await freshDatabase('kit', migrations)
  await using to = await freshDatabase('kit', migrations)
  const part: Part = { databaseUrl: from.url, store: at.store, seed, events, aggregates, pauseMs }
  const began = performance.now()
  const seconds = () => Math.round((performance.now() - began) / 100) / 10
  const kills = { producer: 0, listener: 0, store: 0 }
  {
    await using producer = kept('producer', part)
    await using listener = kept('listener', { ...part, databaseUrl: to.url })
    const { next } = randomFrom(seed + 2)
    await begun(from)
    const lose = { producer: () => producer.kill(), listener: () => listener.kill() }
    for (const { kind, afterMs } of scheduleOf(seed, asked.kills, asked.mostMs)) {
      await setTimeout(afterMs)
      const what = kind === 'store' ? await at.lose(next()) : `${kind} killed`
      if (kind !== 'store') lose[kind]()
      kills[kind] += 1
      told(`${seconds().toFixed(1).padStart(6)} s  ${what}`)
    }
    await quiet(from, events)
  }
  const took = seconds()
  const plan = planOf(asked)
  const before = await faultsIn({ from, to, plan, isHealed: false })
  await heal(to, plan)
  const after = await faultsIn({ from, to, plan, isHealed: true })
  return {
    seed,
    events,
    aggregates,
    kills,
    seconds: took,
    perSecond: Math.round(events / took),
    faults: [...before, ...after],
  }
}

/** Something was announced: a kill before that would take nothing. */
async function begun(from: TestDatabase): Promise<void> {
  while ((await from.run('select from outbox limit 1')).length === 0) await setTimeout(50)
}

/** How long nothing may move. */
const patienceMs = 180_000

/**
 * All is announced, routed and acknowledged. Where nothing has moved for two seconds, a minute of
 * redelivery passes in one: sooner, all that is on its way would be sent again and again.
 */
async function quiet(from: TestDatabase, events: number): Promise<void> {
  let [before, movedAt] = ['', Date.now()]
  for (;;) {
    const [left] = await from.run(
      `select (select count(*) from outbox where routed) as routed,
        (select count(*) from deliveries) as deliveries`,
    )
    if (left?.routed === events && left.deliveries === 0) return
    const now = JSON.stringify(left)
    if (now !== before) [before, movedAt] = [now, Date.now()]
    const stillMs = Date.now() - movedAt
    if (stillMs > patienceMs) throw new Error(`It never came to rest: ${now}`)
    if (stillMs > 2000) await hurry(from)
    await setTimeout(500)
  }
}

/** Passes over what somebody is at: whoever waits here in another order would end in a deadlock. */
const hurry = (from: TestDatabase) =>
  from.run(
    `with waiting as (
      update deliveries set due_at = due_at - interval '30 seconds'
      where (listener, event_id) in (select listener, event_id from deliveries
        where due_at > now() + interval '5 seconds' for update skip locked)
    )
    update event_flows set probe_at = probe_at - interval '30 seconds'
    where listener in (select listener from event_flows for update skip locked)`,
  )

/** The poison is taken out of what was parked, and that replayed. */
async function heal(to: TestDatabase, plan: ReturnType<typeof planOf>): Promise<void> {
  await to.run(`update parked_events
    set delivery = jsonb_set(delivery, '{event,data,poison}', 'false')`)
  const log = silent([])
  await using db = databaseOf(to.url, log)
  const inbox = inboxOf(placeOf(db, service), listenersOn(db), log)
  for (const { aggregateId } of plan.filter(({ poison }) => poison)) {
    await inbox.replay('note', aggregateId)
  }
}
