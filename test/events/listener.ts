import { placeOf } from '@shop/kit/events'
import { logOf } from '@shop/kit/log'
import { queuesOn } from '@shop/kit/queues'
import { databaseOf, listenersOn, partIn, routes, service } from './notes.ts'

const part = partIn(process.argv)
const log = logOf({ level: 'error' })
const db = databaseOf(part.databaseUrl, log)
const queues = queuesOn({ store: part.store, routes, log, relayMs: 1000 })
const [place, listeners] = [placeOf(db, service), listenersOn(db)]
await queues.work({ name: 'listener', jobs: [], listeners, place })
