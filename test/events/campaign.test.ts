import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { redisServer } from '../../subgraphs/kit/test/redis.ts'
import { campaign } from './campaign.ts'
import { postgresStore, redisStore, type Store } from './stores.ts'

const stores: Record<string, (t: TestContext) => Promise<Store | null>> = {
  PostgreSQL: () => postgresStore(),
  Redis: async (t) => {
    const server = await redisServer(t)
    return server && redisStore(server)
  },
}

for (const [name, open] of Object.entries(stores)) {
  test(`${name}: whatever is killed, each event arrives once and in order, and poison parks its aggregate alone`, async (t) => {
    await using at = await open(t)
    if (!at) return
    const asked = { seed: Date.now() % 2 ** 31, events: 1500, aggregates: 50 }

    const found = await campaign({ ...asked, kills: 9, mostMs: 800, pauseMs: 50 }, at)

    t.diagnostic(JSON.stringify(found))
    assert.deepEqual(found.faults, [])
  })
}
