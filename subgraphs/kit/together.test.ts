import assert from 'node:assert/strict'
import { AsyncLocalStorage } from 'node:async_hooks'
import { test } from 'node:test'
import { together } from './together.ts'

class Undone extends Error {}

/** Sends as the test lets it, and keeps what was sent. */
function sending() {
  const sent: (readonly string[])[] = []
  const gates: (() => void)[] = []
  const ask = together<string, string>({
    async send(all) {
      sent.push(all)
      await new Promise<void>((go) => gates.push(go))
      if (all.includes('poison')) throw new Undone('poison')
      if (all.includes('lost')) throw new Error('lost')
      return all.map((one) => `${one}!`)
    },
    isUndone: (fault) => fault instanceof Undone,
    most: 3,
  })
  async function letAll() {
    while (gates.length > 0) {
      gates.shift()?.()
      await new Promise(setImmediate)
    }
  }
  return { sent, ask, letAll }
}

test('who comes alone is sent at once; who comes meanwhile goes together, in order', async () => {
  const { sent, ask, letAll } = sending()

  const told = Promise.all(['a', 'b', 'c', 'd', 'e'].map((one) => ask('k', one)))
  const other = ask('another key', 'z')
  await letAll()

  assert.deepEqual(await told, ['a!', 'b!', 'c!', 'd!', 'e!'])
  assert.equal(await other, 'z!')
  assert.deepEqual(sent, [['a'], ['z'], ['b', 'c', 'd'], ['e']])
})

test('of what was undone each is sent alone, and only the one at fault is told of it', async () => {
  const { sent, ask, letAll } = sending()

  const told = Promise.allSettled(['a', 'b', 'poison', 'c'].map((one) => ask('k', one)))
  await letAll()

  assert.deepEqual(
    (await told).map((each) => (each.status === 'fulfilled' ? each.value : each.reason.message)),
    ['a!', 'b!', 'poison', 'c!'],
  )
  assert.deepEqual(sent.slice(1), [['b', 'poison', 'c'], ['b'], ['poison'], ['c']])
})

test('what may have happened is sent once, and all are told', async () => {
  const { sent, ask, letAll } = sending()

  const told = Promise.allSettled(['a', 'lost', 'b'].map((one) => ask('k', one)))
  await letAll()

  assert.deepEqual(
    (await told).map(({ status }) => status),
    ['fulfilled', 'rejected', 'rejected'],
  )
  assert.deepEqual(sent, [['a'], ['lost', 'b']])
})

test('each goes with what is known of whoever asked, not of whoever was before', async () => {
  const caller = new AsyncLocalStorage<string>()
  const seen: unknown[] = []
  const ask = together<string, string>({
    async send(all) {
      seen.push(caller.getStore())
      await new Promise(setImmediate)
      return all
    },
    isUndone: () => false,
    most: 10,
  })

  await Promise.all(['ada', 'ben'].map((name) => caller.run(name, () => ask('k', name))))

  assert.deepEqual(seen, ['ada', 'ben'])
})
