import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LinkFault, type SubgraphLink } from '../execute/link.ts'
import {
  type Parcels,
  parcels,
  parcelsWorld,
  prices,
  type Settings,
  type Topology,
  weights,
} from './parcels.ts'
import { streamed, until } from './streams.ts'

const moved = 'subscription ($id: ID!) { moved(id: $id) { id place price for } }'
const asked = { query: moved, variables: { id: 'p1' } }
const as = (token: string) => ({ authorization: `Bearer ${token}` })

const answer = (place: string, more: object = {}) => ({
  data: { moved: { id: 'p1', place, price: 5, for: null, ...more } },
})

/** Opens it, and waits until the subgraph listens. */
async function followed(world: Parcels, asking: Parameters<typeof streamed>[1] = asked) {
  const { length } = world.opened
  const stream = await streamed(world.router, asking)
  await until(() => world.opened.length > length)
  return stream
}

function inBoth(name: string, check: (world: Parcels) => Promise<void>, settings: Settings = {}) {
  for (const topology of ['solo', 'full'] as Topology[]) {
    test(`in ${topology}: ${name}`, async () => {
      await using world = await parcelsWorld({ ...settings, topology })
      await check(world)
    })
  }
}

inBoth('each event brings fields of every subgraph, read anew', async (world) => {
  await using stream = await followed(world)

  await world.live.publish('p1', 'harbour')
  const first = await stream.next()
  world.setPrice(6)
  await world.live.publish('p1', 'door')
  const second = await stream.next()

  assert.match(stream.type, /^text\/event-stream/)
  assert.deepEqual([first, second], [answer('harbour'), answer('door', { price: 6 })])
})

inBoth(
  'what goes wrong with an event is told with it, and the next is whole again',
  async (world) => {
    await using stream = await followed(world)

    world.setPrice(new Error('at db-7.internal'))
    await world.live.publish('p1', 'harbour')
    const first = await stream.next()
    world.setPrice(5)
    await world.live.publish('p1', 'door')
    const second = await stream.next()

    assert.deepEqual(first.data, answer('harbour', { price: null }).data)
    assert.deepEqual(
      first.errors.map(({ path, extensions }: never) => [path, extensions]),
      [[['moved', 'price'], { code: 'INTERNAL' }]],
    )
    assert.deepEqual(second, answer('door'))
  },
)

inBoth('equal ones are opened once, and closed when the last has gone', async (world) => {
  const one = await followed(world)
  const two = await streamed(world.router, asked)
  await using other = await followed(world, { ...asked, variables: { id: 'p2' } })

  await world.live.publish('p1', 'harbour')
  const told = await Promise.all([one.next(), two.next()])
  const looked = world.looked()
  await one[Symbol.asyncDispose]()
  await world.live.publish('p1', 'door')
  const left = await two.next()
  await two[Symbol.asyncDispose]()
  await until(() => world.stillOpen() === 1)

  assert.deepEqual(told, [answer('harbour'), answer('harbour')])
  assert.equal(looked, 1)
  assert.deepEqual(left, answer('door'))
  assert.deepEqual(world.opened, ['p1', 'p2'])
  await world.live.publish('p2', 'still here')
  assert.deepEqual(await other.next(), answer('still here'))
})

inBoth('nobody hears what another may', async (world) => {
  await using ada = await followed(world, { ...asked, headers: as('ada') })
  await using ben = await followed(world, { ...asked, headers: as('ben') })
  await using nobody = await followed(world)

  await world.live.publish('p1', 'harbour')

  assert.deepEqual(
    [await ada.next(), await ben.next(), await nobody.next()],
    [answer('harbour', { for: 'ada' }), answer('harbour', { for: 'ben' }), answer('harbour')],
  )
})

inBoth('without the right to it, none is opened', async (world) => {
  const stream = await streamed(world.router, { query: 'subscription { mine { id } }' })

  const [told, ...more] = await stream.rest()

  assert.equal(told.errors[0].extensions.code, 'UNAUTHENTICATED')
  assert.deepEqual([told.data, more, world.opened], [undefined, [], []])
})

inBoth('it ends with the access token that opened it', async (world) => {
  await using stream = await followed(world, { ...asked, headers: as('ada.700') })
  await using longer = await streamed(world.router, { ...asked, headers: as('ada') })

  await world.live.publish('p1', 'harbour')
  const told = await stream.rest()
  await world.live.publish('p1', 'door')

  const [first, last] = told
  assert.deepEqual(first, answer('harbour', { for: 'ada' }))
  assert.deepEqual(last.errors[0].extensions, { code: 'TOKEN_EXPIRED', retryable: true })
  assert.deepEqual(
    [await longer.next(), await longer.next()],
    ['harbour', 'door'].map((place) => answer(place, { for: 'ada' })),
  )
})

inBoth('it is kept when the supergraph becomes another', async (world) => {
  const parts = { prices, weights }
  await using stream = await followed(world)
  const { life } = world.router
  const before = life.generation

  await life.replace(world.supergraphOf({ parcels, ...parts }))
  await world.live.publish('p1', 'harbour')
  const told = await stream.next()
  const weighed = { ...asked, query: moved.replace('price', 'price weight') }
  await using wider = await streamed(world.router, weighed)
  await world.live.publish('p1', 'door')

  assert.notEqual(life.generation, before)
  assert.deepEqual(told, answer('harbour'))
  assert.deepEqual(await stream.next(), answer('door'))
  assert.deepEqual(await wider.next(), answer('door', { weight: 7 }))
  // The subgraph was asked for one more field by none of the two, so one stream is enough for both.
  assert.deepEqual(world.opened, ['p1'])
})

inBoth(
  'it ends with a code that says try again, when the new supergraph has it no more',
  async (world) => {
    await using stream = await followed(world)

    await world.router.life.replace(world.supergraphOf({ parcels, weights }))

    const told = await stream.rest()
    assert.deepEqual(
      told.map(({ errors }) => errors[0].extensions),
      [{ code: 'SCHEMA_CHANGED', retryable: true }],
    )
    await until(() => world.stillOpen() === 0)
  },
)

test('a client that hangs up is listened for no more', async () => {
  await using world = await parcelsWorld({ topology: 'full' })
  const stream = await followed(world)

  await stream[Symbol.asyncDispose]()

  await until(() => world.stillOpen() === 0)
  assert.deepEqual(world.router.channels.counts, {
    streams: 0,
    channels: 0,
    upstreams: 0,
  })
})

/** A subgraph that dies after its first event. */
const shortLived = (name: string, link: SubgraphLink): SubgraphLink => ({
  ...link,
  async *follow(call, signal) {
    for await (const event of link.follow(call, signal)) {
      yield event
      throw new LinkFault('unreachable', true, name)
    }
  },
})

test('a subgraph that breaks off ends it, and says it is worth another try', async () => {
  await using world = await parcelsWorld({ link: shortLived })
  await using stream = await followed(world)

  await world.live.publish('p1', 'harbour')
  const [first, last] = await stream.rest()

  assert.deepEqual(first, answer('harbour'))
  assert.deepEqual(last.errors[0].extensions, { code: 'UNAVAILABLE', retryable: true })
})

test('there are so many and no more', async () => {
  await using world = await parcelsWorld({ config: { subscriptions: { streams: 1 } } })
  await using _ = await followed(world)

  const refused = await streamed(world.router, asked)

  assert.equal(refused.status, 503)
})

test('who takes no stream is told so', async () => {
  await using world = await parcelsWorld()

  const plain = { ...asked, headers: { accept: 'application/graphql-response+json' } }
  const { status } = await streamed(world.router, plain)

  assert.equal(status, 406)
})

test('a client that takes nothing but events gets a query and a refusal as one', async () => {
  await using world = await parcelsWorld()

  const query = await streamed(world.router, { query: '{ parcel(id: "p1") { price } }' })
  const wrong = await streamed(world.router, { query: '{ nothing }' })

  assert.deepEqual(await query.rest(), [{ data: { parcel: { price: 5 } } }])
  const [told, ...more] = await wrong.rest()
  assert.deepEqual([told.errors[0].extensions.code, more], ['GRAPHQL_VALIDATION_FAILED', []])
})
