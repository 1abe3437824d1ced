import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { ask, federation2, graphOf } from './graph.ts'
import { parcels, parcelsWorld, prices, weights } from './parcels.ts'
import { streamed, until } from './streams.ts'

const query = '{ parcel(id: "p1") { id price } }'
const answer = { data: { parcel: { id: 'p1', price: 5 } } }

const served = graphOf({ one: { typeDefs: `${federation2} type Query { n: Int }` } }).supergraph

for (const [what, sdl] of [
  ['empty', ''],
  ['cut in the middle', served.slice(0, served.length / 2)],
  ['half written over an older one', served.slice(0, 300) + served.slice(600)],
  ['no supergraph', 'type Query { n: Int }'],
  ['of a type that is not there', served.replace('n: Int', 'n: Nowhere')],
] as const) {
  test(`a supergraph that is ${what} is refused, and the old one serves on`, async () => {
    await using world = await parcelsWorld()
    const { life } = world.router
    const before = life.generation

    await assert.rejects(life.replace(sdl))

    assert.equal(life.generation, before)
    assert.deepEqual(await ask(world.router, query), answer)
  })
}

test('what was asked before the change is planned before the switch', async () => {
  await using world = await parcelsWorld()
  const { life } = world.router
  await ask(world.router, query)

  await life.replace(world.supergraphOf({ parcels, prices, weights }))

  const { documents, operations } = life.generation
  assert.ok(!(operations.get(documents.check(query, undefined)) instanceof Promise))
})

test('changes under load fail no request, lose no subscription and open no link again', async () => {
  const opened: string[] = []
  const closed: string[] = []
  await using world = await parcelsWorld({
    link: (name, link) => {
      opened.push(name)
      return { ...link, close: async () => void closed.push(name) }
    },
  })
  const { router } = world
  const stream = await streamed(router, {
    query: 'subscription { moved(id: "p1") { place price } }',
  })
  await until(() => world.opened.length === 1)
  let isOver = false
  const answers: unknown[] = []
  const load = async () => {
    while (!isOver) answers.push(await ask(router, query))
  }
  const loads = [load(), load(), load()]

  for (let swap = 0; swap < 10; swap++) {
    const more = swap % 2 === 0 ? { weights } : {}
    await router.life.replace(world.supergraphOf({ parcels, prices, ...more }))
    await world.live.publish('p1', `${swap}`)
    assert.deepEqual(await stream.next(), { data: { moved: { place: `${swap}`, price: 5 } } })
  }
  isOver = true
  await Promise.all(loads)
  await stream[Symbol.asyncDispose]()
  await sleep(50)

  assert.ok(answers.length > 30, `${answers.length}`)
  assert.deepEqual(
    new Set(answers.map((each) => JSON.stringify(each))),
    new Set([JSON.stringify(answer)]),
  )
  assert.deepEqual([world.opened, opened.toSorted(), closed], [['p1'], ['parcels', 'prices'], []])
})
