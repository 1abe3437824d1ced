import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { type Cache, localCache } from './cache.ts'
import { redisCache } from './cache-redis.ts'
import { systemClock } from './clock.ts'
import { openShared } from './redis.ts'
import { type RedisServer, redisServer } from './test/redis.ts'
import { standingAt } from './testing.ts'

const { log } = standingAt(new Date())
const keeping = (...tags: string[]) => ({ ttlMs: 60_000, tags })
const loaded = (value: string, ...tags: string[]) => ({ value, ...keeping(...tags) })

/** Where Redis's being slow is not the question: a busy machine must not make it the answer. */
const patient = 5_000

interface World {
  readonly cache: Cache
  /** Of another process, where the form knows of others. */
  readonly other: Cache
}

async function onRedis(server: RedisServer, slowMs?: number): Promise<World & AsyncDisposable> {
  const opened = new AsyncDisposableStack()
  const open = async () =>
    redisCache({ shared: opened.use(await openShared(server.url, log, slowMs)), name: 'test' })
  const world = { cache: await open(), other: await open() }
  return { ...world, [Symbol.asyncDispose]: () => opened.disposeAsync() }
}

function bothForms(name: string, check: (world: World) => Promise<void>) {
  test(`in one process: ${name}`, () => {
    const cache = localCache(systemClock)
    return check({ cache, other: cache })
  })
  test(`on Redis: ${name}`, (t) => withRedis(t, check, patient))
}

async function withRedis(
  t: TestContext,
  check: (world: World, server: RedisServer) => Promise<void>,
  slowMs?: number,
) {
  await using server = await redisServer(t)
  if (!server) return
  await using world = await onRedis(server, slowMs)
  await check(world, server)
}

bothForms('what is kept is there for all until its time is over', async ({ cache, other }) => {
  await cache.set('a', 'one', { ttlMs: 60, tags: [] })
  await cache.set('b', 'two', keeping())
  const before = [await other.get('a'), await other.get('b'), await other.get('c')]
  await delay(100)

  assert.deepEqual(before, ['one', 'two', undefined])
  assert.deepEqual([await cache.get('a'), await cache.get('b')], [undefined, 'two'])
})

bothForms('a purge drops what has one of its tags, and nothing else', async ({ cache, other }) => {
  await cache.set('a', '1', keeping('product:mug', 'page:1'))
  await cache.set('b', '2', keeping('product:cup', 'page:1'))
  await cache.set('c', '3', keeping('product:cup'))

  await other.purge(['product:mug', 'page:2'])

  assert.deepEqual(
    [await cache.get('a'), await cache.get('b'), await cache.get('c')],
    [undefined, '2', '3'],
  )
  await cache.set('a', '4', keeping('product:mug'))
  assert.equal(await cache.get('a'), '4')
})

bothForms('of many who ask at once one loads, and then nobody', async ({ cache, other }) => {
  const gate = Promise.withResolvers<void>()
  let loads = 0
  const load = async () => {
    loads += 1
    await gate.promise
    return loaded(`load ${loads}`)
  }

  const asking = Array.from({ length: 20 }, () => cache.through('a', load))
  gate.resolve()
  const answers = await Promise.all(asking)
  const later = await other.through('a', load)

  assert.deepEqual([new Set(answers), later, loads], [new Set(['load 1']), 'load 1', 1])
})

bothForms('a load that fails fails for all, and is not kept', async ({ cache }) => {
  const load = async () => {
    await delay(5)
    throw new RangeError('no')
  }

  const both = await Promise.allSettled([cache.through('a', load), cache.through('a', load)])

  assert.deepEqual(
    both.map(({ status }) => status),
    ['rejected', 'rejected'],
  )
  assert.equal(await cache.through('a', async () => loaded('yes')), 'yes')
})

bothForms('what was purged while it was loading is not kept', async ({ cache, other }) => {
  const begun = Promise.withResolvers<void>()
  const gate = Promise.withResolvers<void>()
  const slow = cache.through('a', async () => {
    begun.resolve()
    await gate.promise
    return loaded('stale', 'product:mug')
  })
  await begun.promise

  await other.purge(['product:mug'])
  gate.resolve()

  assert.equal(await slow, 'stale')
  assert.equal(await cache.get('a'), undefined)
})

bothForms('who asks after a purge does not get what was under way', async ({ cache }) => {
  const begun = Promise.withResolvers<void>()
  const gate = Promise.withResolvers<void>()
  const before = cache.through('a', async () => {
    begun.resolve()
    await gate.promise
    return loaded('stale', 'product:mug')
  })
  await begun.promise

  await cache.purge(['product:mug'])
  const after = await cache.through('a', async () => loaded('fresh', 'product:mug'))
  gate.resolve()
  await before

  assert.deepEqual([after, await cache.get('a')], ['fresh', 'fresh'])
})

bothForms('what is too large, or to be kept no time, is not kept', async ({ cache }) => {
  await cache.set('large', 'x'.repeat(1024 * 1024 + 1), keeping())
  await cache.set('brief', 'x', { ttlMs: 0, tags: [] })
  await cache.set('right', 'é'.repeat(512 * 1024), keeping())

  const sizes = []
  for (const key of ['large', 'brief', 'right']) sizes.push((await cache.get(key))?.length)
  assert.deepEqual(sizes, [undefined, undefined, 512 * 1024])
})

test('in one process: when it is full, what was not asked for longest goes', async () => {
  const cache = localCache(systemClock, 10_300)
  const value = 'x'.repeat(2_000)
  for (const key of ['a', 'b', 'c', 'd']) await cache.set(key, value, keeping('t'))
  await cache.get('a')

  await cache.set('e', value, keeping('t'))

  const there = []
  for (const key of ['a', 'b', 'c', 'd', 'e']) there.push((await cache.get(key)) !== undefined)
  assert.deepEqual(there, [true, false, true, true, true])
})

test('in one process: ten thousand values later it holds no more than it may', async () => {
  const cache = localCache(systemClock, 100_000)

  for (let n = 0; n < 10_000; n += 1)
    await cache.set(`${n}`, 'x'.repeat(n % 900), keeping(`${n % 7}`))

  let bytes = 0
  for (let n = 0; n < 10_000; n += 1) bytes += (await cache.get(`${n}`))?.length ?? 0
  assert.ok(bytes > 30_000 && bytes <= 100_000, `${bytes} bytes`)
})

test('on Redis: a restart forgets, and then it keeps again', (t) =>
  withRedis(t, async ({ cache }, server) => {
    await cache.set('a', 'one', keeping())
    await server.kill()

    const away = await cache.through('a', async () => loaded('made'))
    await server.start()
    while ((await keptAgain(cache)) === undefined) await delay(20)

    assert.deepEqual([away, await cache.get('a')], ['made', undefined])
  }))

test('on Redis: when it does not answer there is no cache and hardly a wait', (t) =>
  withRedis(t, async ({ cache }, server) => {
    await cache.set('a', 'kept', keeping())
    server.freeze()

    const began = performance.now()
    const answers = []
    for (let n = 0; n < 20; n += 1)
      answers.push(await cache.through('a', async () => loaded('made')))
    const took = performance.now() - began

    assert.deepEqual(new Set(answers), new Set(['made']))
    assert.ok(took < 500, `twenty answers took ${took} ms`)
    server.thaw()
  }))

for (const count of [1, 2_000]) {
  test(`on Redis: ${count} purged while it was away are not read when it is back`, (t) =>
    withRedis(t, async ({ cache }, server) => {
      await cache.set('a', 'stale', keeping('tag 0'))
      server.freeze()
      for (let n = 0; n < count; n += 1) await cache.purge([`tag ${n}`])
      server.thaw()

      const read = new Set<string | undefined>()
      while ((await keptAgain(cache)) === undefined) {
        read.add(await cache.get('a'))
        await delay(20)
      }
      read.add(await cache.get('a'))

      assert.deepEqual(read, new Set([undefined]))
    }))
}

async function keptAgain(cache: Cache) {
  await cache.set('probe', 'there', keeping())
  return cache.get('probe')
}
