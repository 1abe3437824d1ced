import { setTimeout } from 'node:timers/promises'
import { announce, placeOf } from '@shop/kit/events'
import { logOf } from '@shop/kit/log'
import { queuesOn } from '@shop/kit/queues'
import { databaseOf, noted, partIn, routes, service } from './notes.ts'
import { planOf } from './plan.ts'

/** Announces, and relays what was announced. Killed and started again, it goes on where it was. */
const part = partIn(process.argv)
const log = logOf({ level: 'error' })
const db = databaseOf(part.databaseUrl, log)
const queues = queuesOn({ store: part.store, routes, log, relayMs: 100 })
const place = placeOf(db, service)
const working = await queues.work({ name: 'producer', jobs: [], listeners: [], place })

const batch = 25
const plan = planOf(part)
let done = await announced()
while (done < plan.length) {
  const happenings = plan
    .slice(done, done + batch)
    .map(({ aggregateId, poison }) => ({ aggregateId, occurredAt: new Date(), data: { poison } }))
  await db.as(service, (tx) => announce(tx, noted, happenings))
  done += happenings.length
  working.nudge()
  await setTimeout(part.pauseMs)
}

async function announced(): Promise<number> {
  const rows = await db.as(service, (tx) =>
    tx
      .withTables<{ outbox: { id: string } }>()
      .selectFrom('outbox')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .execute(),
  )
  return rows[0]?.count ?? 0
}
