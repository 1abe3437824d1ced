import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { systemClock } from './clock.ts'
import { openShared } from './redis.ts'
import { localOnce, type RememberOnce, sharedOnce } from './remember-once.ts'
import { type RedisServer, redisServer } from './test/redis.ts'
import { standingAt } from './testing.ts'

const { log } = standingAt(new Date())

/** Where Redis's being slow is not the question: a busy machine must not make it the answer. */
const patient = 5_000

interface World {
  readonly once: RememberOnce
  /** Of another process, where the form knows of others. */
  readonly other: RememberOnce
}

async function onRedis(server: RedisServer, slowMs?: number): Promise<World & AsyncDisposable> {
  const opened = new AsyncDisposableStack()
  const open = async () =>
    sharedOnce(opened.use(await openShared(server.url, log, slowMs)), systemClock)
  const world = { once: await open(), other: await open() }
  return { ...world, [Symbol.asyncDispose]: () => opened.disposeAsync() }
}

function bothForms(name: string, check: (world: World) => Promise<void>) {
  test(`in one process: ${name}`, () => {
    const once = localOnce(systemClock)
    return check({ once, other: once })
  })
  test(`on Redis: ${name}`, async (t) => {
    await using server = await redisServer(t)
    if (!server) return
    await using world = await onRedis(server, patient)
    await check(world)
  })
}

bothForms('a key is new once, whichever process is asked', async ({ once, other }) => {
  const answers = [
    await once.seen('a', 60_000),
    await other.seen('a', 60_000),
    await once.seen('a', 60_000),
    await other.seen('b', 60_000),
  ]

  assert.deepEqual(answers, [false, true, true, false])
})

bothForms('of many at once, one is first', async ({ once, other }) => {
  const doors = Array.from({ length: 40 }, (_, n) => (n % 2 ? once : other))

  const answers = await Promise.all(doors.map((each) => each.seen('a', 60_000)))

  assert.equal(answers.filter((seen) => seen === false).length, 1)
  assert.equal(answers.filter((seen) => seen === true).length, 39)
})

bothForms('after its time a key is new again', async ({ once }) => {
  await once.seen('a', 40)
  await delay(80)

  assert.equal(await once.seen('a', 40), false)
})

test('in one process: full, it forgets nothing that still counts', async () => {
  const time = { ms: 0, now: () => new Date(time.ms) }
  const once = localOnce(time, 2)
  await once.seen('a', 1_000)
  await once.seen('b', 1_000)

  const full = [await once.seen('c', 1_000), await once.seen('a', 1_000)]
  time.ms = 1_000
  const later = [await once.seen('c', 1_000), await once.seen('a', 1_000)]

  assert.deepEqual(
    [full, later],
    [
      ['unavailable', true],
      [false, false],
    ],
  )
})

test('on Redis: with the server away nobody can say, but what was seen here stays seen', async (t) => {
  await using server = await redisServer(t)
  if (!server) return
  await using world = await onRedis(server)
  await world.once.seen('a', 60_000)
  await server.kill()

  const away = [await world.once.seen('a', 60_000), await world.once.seen('b', 60_000)]
  await server.start()
  let number = 0
  while ((await world.once.seen(`new ${number}`, 60_000)) === 'unavailable') {
    number += 1
    await delay(20)
  }
  const back = [await world.once.seen('a', 60_000), await world.once.seen('c', 60_000)]

  assert.deepEqual(
    [away, back],
    [
      [true, 'unavailable'],
      [true, false],
    ],
  )
})
