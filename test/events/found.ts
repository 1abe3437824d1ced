import type { TestDatabase } from '@shop/kit/testing'
import type { planOf } from './plan.ts'

interface Looked {
  readonly from: TestDatabase
  readonly to: TestDatabase
  readonly plan: ReturnType<typeof planOf>
  readonly isHealed: boolean
}

type Sequences = ReadonlyMap<string, readonly string[]>

/** What is not as it was planned, from the tables: none is as it should be. */
export async function faultsIn({ from, to, plan, isHealed }: Looked): Promise<string[]> {
  const announced = await sequencesIn(from, 'select * from outbox order by sequence', 'id')
  const taken = await sequencesIn(to, 'select * from notes order by place', 'event_id')
  const parked = await sequencesIn(to, 'select * from parked_events order by sequence', 'event_id')
  const faults: string[] = []
  for (const [aggregateId, own] of Map.groupBy(plan, (each) => each.aggregateId)) {
    const poisoned = own.findIndex(({ poison }) => poison)
    const cut = isHealed || poisoned < 0 ? own.length : poisoned
    const all = announced.get(aggregateId) ?? []
    const counted = own.map((_, at) => all[at]?.replace(/^\d+/, `${at + 1}`))
    const lies = (what: string, is: readonly string[] = [], should: readonly unknown[] = []) => {
      if (is.join() !== should.join()) faults.push(`${aggregateId} ${what}: ${is} for ${should}`)
    }
    lies('announced', all, counted)
    lies('taken in', taken.get(aggregateId), all.slice(0, cut))
    lies('parked', parked.get(aggregateId), all.slice(cut))
  }
  const [left] = await from.run('select count(*) as deliveries from deliveries')
  if (left?.deliveries !== 0) faults.push(`${left?.deliveries} deliveries are left`)
  return faults
}

/** Of each aggregate, each event's sequence and id. */
async function sequencesIn(database: TestDatabase, query: string, id: string): Promise<Sequences> {
  const rows = await database.run(query)
  const groups = Map.groupBy(rows, ({ aggregate_id }) => String(aggregate_id))
  return new Map(
    [...groups].map(([name, own]) => [name, own.map((row) => `${row.sequence} ${row[id]}`)]),
  )
}
