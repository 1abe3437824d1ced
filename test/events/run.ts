import path from 'node:path'
import { parseArgs } from 'node:util'
import { discard, openCluster } from '@shop/state/cluster'
import { stateFolder } from '@shop/state/folder'
import { redisServer } from '../../subgraphs/kit/test/redis.ts'
import { campaign } from './campaign.ts'
import { postgresStore, redisStore } from './stores.ts'

/** `npm run events`: the campaign at its full size, on a cluster of its own with durable commits. */
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    events: { type: 'string', default: '100000' },
    aggregates: { type: 'string', default: '1000' },
    kills: { type: 'string', default: '30' },
    backend: { type: 'string', default: 'postgres' },
  },
})
const told = (line: string) => void process.stdout.write(`${line}\n`)
const [seed, events, aggregates, kills] = [
  Number(values.seed),
  Number(values.events),
  Number(values.aggregates),
  Number(values.kills),
] as const

const folder = path.join(stateFolder(process.env.SHOP_STATE_DIR), `events-${process.pid}`)
const cluster = await openCluster({ folder, password: 'postgres', port: 55_200, durable: true })
process.env.SHOP_TEST_CLUSTER = cluster.url('postgres')
try {
  await using at = await opened(values.backend)
  const asked = { seed, events, aggregates, kills, mostMs: 3000, pauseMs: 5, told }
  const { faults, ...figures } = await campaign(asked, at)
  told(JSON.stringify({ backend: values.backend, ...figures, faults: faults.slice(0, 20) }))
  process.exitCode = faults.length > 0 ? 1 : 0
} finally {
  await cluster[Symbol.asyncDispose]()
  await discard(folder)
}

async function opened(backend: string) {
  if (backend === 'postgres') return postgresStore()
  const server = await redisServer({ diagnostic: told })
  if (backend !== 'redis' || !server) throw new Error(`There is no ${backend} here.`)
  return redisStore(server)
}
