import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Admission, type Leave, usualAdmission } from './admission.ts'
import type { Importance } from './importance.ts'
import { placesAfter, usualPlaces } from './places.ts'
import { Stretch } from './stretch.ts'

const settings = { ...usualAdmission, places: usualPlaces, atFirst: 2, mostSelling: 3 }

function world() {
  const time = { ms: 1_000_000, busy: 0.95 }
  const stretch = new Stretch()
  const now = () => time.ms
  const admission = new Admission(settings, { now, busy: () => time.busy }, stretch)
  const told: string[] = []
  const gone: (() => void)[] = []
  const enter = (name: string, importance: Importance): { leave?: Leave } => {
    const place: { leave?: Leave } = {}
    const note = (leave: Leave | null) => {
      told.push(`${name} ${leave ? 'in' : 'sent away'}`)
      if (leave) place.leave = leave
    }
    const given = admission.enter(importance, (leave) => gone.push(leave))
    if (given instanceof Promise) void given.then(note)
    else note(given)
    return place
  }
  return { time, admission, told, gone, enter, stretch }
}

const soon = () => new Promise((resolve) => setImmediate(resolve))

test('who is known is taken before a stranger who came first, and nobody is forgotten', async () => {
  const { enter, told } = world()
  const first = enter('first', 'browse')
  const second = enter('second', 'browse')
  enter('stranger', 'browse')
  enter('shopper', 'account')

  first.leave?.()
  await soon()
  second.leave?.()
  await soon()

  assert.deepEqual(told, ['first in', 'second in', 'shopper in', 'stranger in'])
})

test('what sells waits for nobody, and takes nobody’s place', async () => {
  const { enter, told, admission } = world()
  for (const name of ['a', 'b', 'c']) enter(name, 'browse')

  const sales = ['d', 'e', 'f', 'g'].map((name) => enter(name, 'checkout'))
  for (const { leave } of sales) leave?.()
  const again = enter('h', 'checkout')

  assert.deepEqual(told, ['a in', 'b in', 'd in', 'e in', 'f in', 'g sent away', 'h in'])
  assert.deepEqual(admission.counts.taken, 2)
  again.leave?.()
  again.leave?.()
  assert.equal(admission.counts.selling, 0)
})

test('a crowd is let in one after another, however large it is', async () => {
  const { enter, told, time } = world()
  const crowd = Array.from({ length: 1_000 }, (_, n) => enter(`${n}`, 'browse'))

  for (const each of crowd) {
    time.ms += 2
    each.leave?.()
    await soon()
  }

  assert.equal(told.filter((each) => each.endsWith('in')).length, 1_000)
})

test('where somebody has long waited, a stranger is sent away at once, and a shopper is not', async () => {
  const { enter, told, time } = world()
  for (const name of ['a', 'b', 'c']) enter(name, 'browse')

  time.ms += 30
  enter('at once', 'browse')
  time.ms += 1_001
  enter('late', 'browse')
  enter('shopper', 'account')
  await soon()

  assert.deepEqual(told, ['a in', 'b in', 'late sent away'])
})

test('who hangs up while waiting leaves the line, and the next is let in', async () => {
  const { enter, told, gone, admission } = world()
  const first = enter('a', 'browse')
  for (const name of ['b', 'c', 'd']) enter(name, 'browse')

  gone[0]?.()
  first.leave?.()
  await soon()

  assert.deepEqual(told, ['a in', 'b in', 'c sent away', 'd in'])
  assert.deepEqual(admission.counts.waiting, { account: 0, browse: 0 })
})

test('there are fewer places while the process is never idle, and more when it is and somebody waits', () => {
  const full = { stretch: 1, taken: 64, isWaitedFor: true }
  const after = (now: number, moment: object) =>
    placesAfter(now, { busy: 0.5, ...full, ...moment }, usualPlaces)

  const busy = after(64, { busy: 0.99 })
  const least = after(9, { busy: 0.99, taken: 9 })
  const slow = after(64, { stretch: 8 })
  const leastSlow = after(17, { stretch: 8 })
  const room = after(64, { busy: 0.5 })
  const alone = after(64, { busy: 0.5, isWaitedFor: false })
  const unused = after(64, { busy: 0.99, taken: 10 })

  assert.deepEqual([busy, least, slow, leastSlow, room, alone, unused], [51, 8, 51, 16, 80, 64, 64])
})

test('what takes longer is compared with itself, and only room tells what is usual', () => {
  const stretch = new Stretch()
  const short = { ms: 0 }
  const long = { ms: 0 }
  stretch.note(short, 2, true)
  stretch.note(long, 200, true)
  stretch.take()

  for (const times of [1, 2, 3, 4]) stretch.note(short, 2 * times, false)
  stretch.note(long, 400, false)
  const middle = stretch.take()
  stretch.note(long, 200, false)
  const few = stretch.take()

  assert.deepEqual([middle, few, short.ms, long.ms], [2, 0, 2, 200])
})
