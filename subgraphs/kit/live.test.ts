import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { type Live, localLive, type Subscription } from './live.ts'
import { redisLive } from './live-redis.ts'
import { openShared } from './redis.ts'
import { type RedisServer, redisServer } from './test/redis.ts'
import { standingAt } from './testing.ts'

const { log } = standingAt(new Date())
const event = (payload: unknown) => ({ kind: 'event', payload })
const lagged = { kind: 'lagged' }

/** Where Redis's being slow is not the question: a busy machine must not make it the answer. */
const patient = 5_000

interface World extends AsyncDisposable {
  /** One publishes, the other hears: two processes where the form has two, else the same. */
  readonly here: Live
  readonly there: Live
}

async function local(): Promise<World> {
  const live = localLive()
  return { here: live, there: live, [Symbol.asyncDispose]: () => live[Symbol.asyncDispose]() }
}

async function onRedis(server: RedisServer, slowMs?: number): Promise<World> {
  await using opening = new AsyncDisposableStack()
  const open = async () => {
    const shared = opening.use(await openShared(server.url, log, slowMs))
    return opening.use(redisLive({ url: server.url, shared, log, heartbeatMs: 200 }))
  }
  const world = { here: await open(), there: await open() }
  const opened = opening.move()
  return { ...world, [Symbol.asyncDispose]: () => opened.disposeAsync() }
}

function bothForms(name: string, check: (world: World) => Promise<void>) {
  test(`in one process: ${name}`, async () => {
    await using world = await local()
    await check(world)
  })
  test(`on Redis: ${name}`, async (t) => {
    await using server = await redisServer(t)
    if (!server) return
    await using world = await onRedis(server, patient)
    await check(world)
  })
}

async function take(subscription: Subscription, count: number): Promise<unknown[]> {
  const taken = []
  while (taken.length < count) taken.push((await subscription.next()).value)
  return taken
}

const unending = () => new AbortController().signal

bothForms('every subscriber hears each event of its topic, in order', async ({ here, there }) => {
  const [one, two] = [1, 2].map(() => there.subscribe('orders.a', unending()))
  const other = there.subscribe('orders.b', unending())
  assert.ok(one && two)
  await Promise.all([one.stands, two.stands, other.stands])

  await Promise.all(Array.from({ length: 50 }, (_, n) => here.publish('orders.a', { n })))
  await here.publish('orders.b', 'b')

  const all = Array.from({ length: 50 }, (_, n) => event({ n }))
  assert.deepEqual([await take(one, 50), await take(two, 50)], [all, all])
  assert.deepEqual(await take(other, 1), [event('b')])
})

bothForms('a payload arrives as JSON, each subscriber with its own', async ({ here, there }) => {
  const [one, two] = [1, 2].map(() => there.subscribe('t', unending()))
  assert.ok(one && two)
  await Promise.all([one.stands, two.stands])

  await here.publish('t', { at: new Date(0), none: undefined })

  const [first, second] = [await take(one, 1), await take(two, 1)]
  assert.deepEqual(first, [event({ at: '1970-01-01T00:00:00.000Z' })])
  assert.deepEqual(second, first)
  assert.notEqual(second[0], first[0])
})

bothForms('who is too slow loses the oldest, and is told', async ({ here, there }) => {
  const slow = there.subscribe('t', unending())
  const watching = there.subscribe('t', unending())
  await Promise.all([slow.stands, watching.stands])

  for (let n = 0; n < 300; n += 1) {
    await here.publish('t', n)
    await watching.next()
  }

  const kept = Array.from({ length: 99 }, (_, n) => event(201 + n))
  assert.deepEqual(await take(slow, 100), [lagged, ...kept])
})

bothForms('a subscription ends with its signal, and leaves the others', async ({ here, there }) => {
  const ending = new AbortController()
  const mine = there.subscribe('t', ending.signal)
  const stays = there.subscribe('t', unending())
  await Promise.all([mine.stands, stays.stands])
  const waiting = mine.next()

  ending.abort()
  await here.publish('t', 1)

  assert.deepEqual(await waiting, { value: undefined, done: true })
  assert.deepEqual(await take(stays, 1), [event(1)])
})

bothForms('leaving and coming at once hears what follows', async ({ here, there }) => {
  const before = there.subscribe('t', unending())
  await before.stands

  await before.return?.()
  const after = there.subscribe('t', unending())
  await after.stands
  await here.publish('t', 1)

  assert.deepEqual(await take(after, 1), [event(1)])
})

bothForms('a signal that is already over hears nothing', async ({ there }) => {
  const over = there.subscribe('t', AbortSignal.abort())

  await over.stands
  assert.deepEqual(await over.next(), { value: undefined, done: true })
})

bothForms('closing ends every subscription', async ({ there }) => {
  const subscription = there.subscribe('t', unending())
  const waiting = subscription.next()

  await there[Symbol.asyncDispose]()

  assert.deepEqual(await waiting, { value: undefined, done: true })
})

async function redisWorld(t: TestContext) {
  await using opening = new AsyncDisposableStack()
  const server = await redisServer(t)
  if (!server) return null
  opening.use(server)
  const world = opening.use(await onRedis(server))
  const opened = opening.move()
  return { ...world, server, [Symbol.asyncDispose]: () => opened.disposeAsync() }
}

test('on Redis: after a restart of the server all topics are heard again, and told as lagged', async (t) => {
  await using world = await redisWorld(t)
  if (!world) return
  const { here, there, server } = world
  const [a, b] = ['a', 'b'].map((topic) => there.subscribe(topic, unending()))
  assert.ok(a && b)
  await Promise.all([a.stands, b.stands])

  await server.kill()
  const late = there.subscribe('c', unending())
  await here.publish('a', 'lost')
  await server.start()
  await late.stands

  assert.deepEqual([await take(a, 1), await take(b, 1)], [[lagged], [lagged]])
  const again = until(() => here.publish('c', 'found'))
  assert.deepEqual(await take(late, 1), [event('found')])
  again.stop()
})

test('on Redis: with the server away a process still hears itself, and publishing does not wait', async (t) => {
  await using world = await redisWorld(t)
  if (!world) return
  const { there, server } = world
  const mine = there.subscribe('t', unending())
  await mine.stands
  server.freeze()

  const began = performance.now()
  await there.publish('t', 1)
  await there.publish('t', 2)
  const took = performance.now() - began

  assert.deepEqual(await take(mine, 2), [event(1), event(2)])
  assert.ok(took < 500, `publishing took ${took} ms`)
  server.thaw()
})

test('on Redis: a connection over which nothing comes any more is made anew', async (t) => {
  await using world = await redisWorld(t)
  if (!world) return
  const { there, server } = world
  const mine = there.subscribe('t', unending())
  await mine.stands

  server.freeze()
  await delay(600)
  server.thaw()

  assert.deepEqual(await take(mine, 1), [lagged])
})

/** The publisher finds out a moment after the subscriber that the server is back. */
function until(act: () => Promise<void>) {
  const stopping = new AbortController()
  const run = async () => {
    while (!stopping.signal.aborted) {
      await act()
      await delay(50)
    }
  }
  void run()
  return { stop: () => stopping.abort() }
}
