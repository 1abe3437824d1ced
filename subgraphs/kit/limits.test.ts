import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { type Limits, localLimits, type Rule } from './limits.ts'
import { redisLimits } from './limits-redis.ts'
import { openShared } from './redis.ts'
import { type RedisServer, redisServer } from './test/redis.ts'
import { standingAt } from './testing.ts'

const noon = Date.parse('2026-03-01T12:00:00Z')
const { keys, log } = standingAt(new Date(noon))
const account = (most: number): Rule => ({ key: 'account:ada', most, perMs: 10_000 })
const address = (most: number): Rule => ({ key: 'address:::1', most, perMs: 60_000 })

/** Where Redis's being slow is not the question: a busy machine must not make it the answer. */
const patient = 5_000

interface World {
  readonly limits: Limits
  /** Of another process, where the form knows of others. */
  readonly other: Limits
  readonly time: { ms: number }
}

function stopped() {
  const time = { ms: noon, now: () => new Date(time.ms) }
  return time
}

async function onRedis(server: RedisServer, slowMs?: number): Promise<World & AsyncDisposable> {
  const opened = new AsyncDisposableStack()
  const time = stopped()
  const open = async () => {
    const shared = opened.use(await openShared(server.url, log, slowMs))
    return redisLimits({ shared, clock: time, keys })
  }
  const world = { limits: await open(), other: await open(), time }
  return { ...world, [Symbol.asyncDispose]: () => opened.disposeAsync() }
}

function bothForms(name: string, check: (world: World) => Promise<void>) {
  test(`in one process: ${name}`, () => {
    const time = stopped()
    const limits = localLimits(time)
    return check({ limits, other: limits, time })
  })
  test(`on Redis: ${name}`, async (t) => {
    await using server = await redisServer(t)
    if (!server) return
    await using world = await onRedis(server, patient)
    await check(world)
  })
}

bothForms('the window slides: never more than the most in any of it', async (world) => {
  const { limits, time } = world
  const passed: number[] = []

  for (let step = 0; step < 400; step += 1) {
    time.ms += 137
    const { isAllowed } = await limits.hit('door', [account(5)])
    if (isAllowed) passed.push(time.ms)
  }

  for (const at of passed) {
    const within = passed.filter((each) => each > at - 10_000 && each <= at)
    assert.ok(within.length <= 5, `${within.length} in the window that ends at ${at - noon}`)
  }
  // 54.8 s at no less than 5 in eleven seconds.
  assert.ok(passed.length >= 22, `${passed.length} passed`)
})

bothForms('who is refused is told when to come again, and is right', async ({ limits, time }) => {
  await limits.hit('door', [account(2)])
  time.ms += 3_000
  await limits.hit('door', [account(2)])

  const refused = await limits.hit('door', [account(2)])
  time.ms += refused.retryAfterMs - 1
  const early = await limits.hit('door', [account(2)])
  time.ms += 1
  const then = await limits.hit('door', [account(2)])

  assert.deepEqual([refused.isAllowed, early.isAllowed, then.isAllowed], [false, false, true])
  assert.deepEqual([refused.used, then.used], [[2], [2]])
  assert.ok(refused.retryAfterMs > 7_000 && refused.retryAfterMs <= 8_000)
})

bothForms('when one rule is broken, none counts', async ({ limits }) => {
  await limits.hit('door', [account(1)])

  const refused = await limits.hit('door', [address(5), account(1)])
  const read = await limits.hit('door', [address(5), account(1)], 0)

  assert.deepEqual([refused.isAllowed, refused.used], [false, [0, 1]])
  assert.deepEqual([read.isAllowed, read.used], [true, [0, 1]])
})

bothForms('scopes and keys are counted apart', async ({ limits }) => {
  await limits.hit('door', [account(1)])

  const elsewhere = await limits.hit('window', [account(1)])
  const someone = await limits.hit('door', [{ ...account(1), key: 'account:ben' }])

  assert.deepEqual([elsewhere.isAllowed, someone.isAllowed], [true, true])
})

bothForms('of many at once, from two processes, exactly the most pass', async (world) => {
  const doors = Array.from({ length: 60 }, (_, n) => (n % 2 ? world.limits : world.other))

  const verdicts = await Promise.all(doors.map((each) => each.hit('door', [account(7)])))

  assert.equal(verdicts.filter(({ isAllowed }) => isAllowed).length, 7)
})

bothForms('a cost above the most is never allowed', async ({ limits }) => {
  const { isAllowed, retryAfterMs } = await limits.hit('door', [account(3)], 4)

  assert.deepEqual([isAllowed, retryAfterMs], [false, Number.POSITIVE_INFINITY])
})

const budget = { key: 'user:ada', capacity: 100, perSecond: 10 }

bothForms('a budget is spent by cost, and fills again up to its capacity', async (world) => {
  const { limits, other, time } = world

  const first = await limits.spend('cost', budget, 80)
  const refused = await other.spend('cost', budget, 50)
  time.ms += refused.retryAfterMs
  const then = await other.spend('cost', budget, 50)
  time.ms += 3_600_000
  const rested = await limits.spend('cost', budget, 0)

  assert.deepEqual([first.isAllowed, first.left], [true, 20])
  assert.deepEqual([refused.isAllowed, refused.left, refused.retryAfterMs], [false, 20, 3_000])
  assert.deepEqual([then.isAllowed, then.left, rested.left], [true, 0, 100])
})

bothForms('a budget is not overspent by many at once', async ({ limits, other }) => {
  const doors = Array.from({ length: 40 }, (_, n) => (n % 2 ? limits : other))

  const all = await Promise.all(doors.map((each) => each.spend('cost', budget, 30)))
  const never = await limits.spend('cost', budget, 101)

  assert.equal(all.filter(({ isAllowed }) => isAllowed).length, 3)
  assert.equal(never.retryAfterMs, Number.POSITIVE_INFINITY)
})

test('in one process: beyond its bound it forgets who was not there for longest', async () => {
  const limits = localLimits(stopped(), 2)
  const rule = (key: string) => [{ key, most: 1, perMs: 10_000 }]

  for (const key of ['a', 'b', 'a', 'c']) await limits.hit('door', rule(key))

  assert.equal((await limits.hit('door', rule('a'))).isAllowed, false)
  assert.equal((await limits.hit('door', rule('b'))).isAllowed, true)
})

const failures = [
  ['is killed', (server: RedisServer) => server.kill(), (server: RedisServer) => server.start()],
  ['does not answer', async (s: RedisServer) => s.freeze(), async (s: RedisServer) => s.thaw()],
] as const

for (const [what, fail, mend] of failures) {
  test(`on Redis: when it ${what}, the own counts decide and say so, and Redis again when it is back`, async (t) => {
    await withRedis(t, async (world, server) => {
      const { limits } = world
      for (const _ of [1, 2, 3]) await limits.hit('door', [account(5)])
      await fail(server)

      const began = performance.now()
      const meanwhile = []
      for (const _ of [1, 2, 3]) meanwhile.push(await limits.hit('door', [account(5)]))
      const took = performance.now() - began
      await mend(server)

      assert.deepEqual(
        meanwhile.map(({ isAllowed, isLocal }) => [isAllowed, isLocal]),
        [
          [true, true],
          [true, true],
          [false, true],
        ],
      )
      assert.ok(took < 500, `three answers took ${took} ms`)
      while ((await limits.hit('door', [address(1_000)])).isLocal) await delay(20)
    })
  })
}

async function withRedis(
  t: TestContext,
  check: (world: World, server: RedisServer) => Promise<void>,
) {
  await using server = await redisServer(t)
  if (!server) return
  await using world = await onRedis(server)
  await check(world, server)
}

bothForms('a rule may be hit by another number than the others', async ({ limits }) => {
  const login = { ...account(3), cost: 2 }
  const first = await limits.hit('fields', [login, address(10)])
  const second = await limits.hit('fields', [login, address(10)])
  const read = await limits.hit('fields', [{ ...login, cost: 0 }, address(10)], 0)

  assert.deepEqual([first.used, first.isAllowed], [[2, 1], true])
  assert.equal(second.isAllowed, false)
  assert.deepEqual(read.used, [2, 1])
})
