import path from 'node:path'
import { parseArgs } from 'node:util'
import { discard, openCluster } from '@shop/state/cluster'
import { stateFolder } from '@shop/state/folder'
import { redisServer } from '../../subgraphs/kit/test/redis.ts'
import { campaign } from '../events/campaign.ts'
import { postgresStore, redisStore } from '../events/stores.ts'
import { report } from './report.ts'

/** Events per second from the announcement to the acknowledgement, on both backends, with nothing killed. */
const { values } = parseArgs({ options: { events: { type: 'string', default: '20000' } } })
const asked = { seed: 1, events: Number(values.events), aggregates: 1000, kills: 0, mostMs: 0 }

const folder = path.join(stateFolder(process.env.SHOP_STATE_DIR), `bench-${process.pid}`)
const cluster = await openCluster({ folder, password: 'postgres', port: 55_100, durable: true })
process.env.SHOP_TEST_CLUSTER = cluster.url('postgres')
try {
  const server = await redisServer({ diagnostic: () => {} })
  const stores = { postgres: await postgresStore(), ...(server && { redis: redisStore(server) }) }
  const figures: Record<string, object> = {}
  for (const [backend, store] of Object.entries(stores)) {
    await using at = store
    const { seconds, perSecond, faults } = await campaign({ ...asked, pauseMs: 0 }, at)
    figures[backend] = { seconds, perSecond, faults: faults.length }
  }
  report('events', { events: asked.events, aggregates: asked.aggregates, ...figures })
} finally {
  await cluster[Symbol.asyncDispose]()
  await discard(folder)
}
