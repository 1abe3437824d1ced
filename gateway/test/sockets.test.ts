import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { test } from 'node:test'
import { createClient } from 'graphql-ws'
import { WebSocket } from 'ws'
import type { Data } from '../json.ts'
import type { Router } from '../router.ts'
import { parcels, parcelsWorld, weights } from './parcels.ts'
import { addressOf, begun, spoken, subscribe as subscribeTo } from './socket-client.ts'
import { until } from './streams.ts'

const query = 'subscription ($id: ID!) { moved(id: $id) { id place price for } }'
const variables = { id: 'p1' }
const subscribe = (id: string, asked: Data = { query, variables }) => subscribeTo(id, asked)
const answer = (place: string, more: object = {}) => ({
  data: { moved: { id: 'p1', place, price: 5, for: null, ...more } },
})

test('a client of graphql-ws follows, asks, and is told what is wrong', async () => {
  await using world = await parcelsWorld()
  const client = createClient({
    url: addressOf(world.router),
    webSocketImpl: WebSocket,
    connectionParams: { Authorization: 'Bearer ada' },
  })
  const events = client.iterate({ query, variables })
  const first = events.next()
  await until(() => world.opened.length === 1)

  await world.live.publish('p1', 'harbour')
  const read = await client.iterate({ query: '{ parcel(id: "p2") { for price } }' }).next()
  const wrong = await client
    .iterate({ query: '{ nothing }' })
    .next()
    .catch((errors) => errors)

  assert.deepEqual((await first).value, answer('harbour', { for: 'ada' }))
  assert.deepEqual(read.value, { data: { parcel: { for: 'ada', price: 5 } } })
  assert.equal(wrong[0].extensions.code, 'GRAPHQL_VALIDATION_FAILED')
  await events.return?.()
  await until(() => world.stillOpen() === 0)
  await client.dispose()
})

test('what is said out of turn closes the socket, with the code of the protocol', async () => {
  await using world = await parcelsWorld({ config: { subscriptions: { initMs: 300 } } })
  const { router } = world
  using silent = await spoken(router)
  using early = await spoken(router)
  using twice = await begun(router)
  using same = await begun(router)
  using garbled = await begun(router)

  early.say(subscribe('1'))
  twice.say({ type: 'connection_init' })
  same.say(subscribe('1'))
  same.say(subscribe('1'))
  garbled.say('{"type":')

  const codes = await Promise.all([silent, early, twice, same, garbled].map(({ closed }) => closed))
  assert.deepEqual(codes, [4408, 4401, 4429, 4409, 4400])
})

test('a page of another origin opens none, and neither does another protocol', async () => {
  await using world = await parcelsWorld({ config: { origins: ['https://shop.example'] } })
  const { host } = new URL(world.router.url)
  const statusFor = async (origin: string, protocol = 'graphql-transport-ws') => {
    const client = new WebSocket(addressOf(world.router), protocol, { origin })
    const [, response] = await Promise.race([
      once(client, 'unexpected-response'),
      once(client, 'open').then(() => [null, { statusCode: 101 }]),
    ])
    client.on('error', () => {}).terminate()
    return response.statusCode
  }

  assert.deepEqual(
    [
      await statusFor('https://evil.example'),
      await statusFor('null'),
      await statusFor('https://shop.example'),
      await statusFor(`http://${host}`),
      await statusFor(`http://${host}`, 'graphql-ws'),
    ],
    [403, 403, 101, 101, 400],
  )
})

test('so many operations at once on one socket, and no more', async () => {
  await using world = await parcelsWorld({ config: { subscriptions: { ofConnection: 10 } } })
  using socket = await begun(world.router)

  for (let n = 0; n < 1000; n++) socket.say(subscribe(`${n}`))

  await until(() => socket.heard.length === 990)
  await until(() => world.router.channels.counts.streams === 10)
  assert.deepEqual(
    [...new Set(socket.heard.map(({ payload }) => payload[0].extensions.code))],
    ['TOO_MANY_OPERATIONS'],
  )
  assert.deepEqual(world.router.channels.counts, { streams: 10, channels: 1, upstreams: 1 })
})

test('the socket closes when the token is over, so that its client comes with a new one', async () => {
  await using world = await parcelsWorld()
  using socket = await begun(world.router, { authorization: 'Bearer ada.600' })
  using longer = await begun(world.router, { authorization: 'Bearer ada' })
  for (const each of [socket, longer]) each.say(subscribe('1'))
  await until(() => world.router.channels.counts.streams === 2)

  assert.equal(await socket.closed, 4403)
  await world.live.publish('p1', 'door')
  await until(() => longer.heard.length > 0)
  assert.deepEqual(longer.heard[0].payload, answer('door', { for: 'ada' }))
})

/** Opens a socket by hand, subscribes, and never reads again. */
async function deaf(router: Router) {
  const { port, pathname } = new URL(router.url)
  const socket = connect(Number(port), '127.0.0.1')
  const head = [
    `GET ${pathname} HTTP/1.1`,
    'host: 127.0.0.1',
    'upgrade: websocket',
    'connection: upgrade',
    'sec-websocket-version: 13',
    'sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==',
    'sec-websocket-protocol: graphql-transport-ws',
  ]
  socket.write(`${head.join('\r\n')}\r\n\r\n`)
  for (const said of [{ type: 'connection_init' }, subscribe('1')]) {
    const text = Buffer.from(JSON.stringify(said))
    const length = text.length < 126 ? [128 | text.length] : [128 | 126, 0, text.length]
    socket.write(Buffer.from([129, ...length, 0, 0, 0, 0]))
    socket.write(text)
  }
  socket.pause()
  return socket
}

test('a reader that never reads is let go, and the others get everything', async () => {
  await using world = await parcelsWorld({ config: { subscriptions: { unreadBytes: 100_000 } } })
  using socket = await begun(world.router)
  socket.say(subscribe('1'))
  const never = await deaf(world.router)
  await until(() => world.router.channels.counts.streams === 2)
  const place = 'x'.repeat(500_000)

  // More than what the kernel holds for it.
  for (let n = 0; n < 30; n++) {
    await world.live.publish('p1', place)
    await until(() => socket.heard.length > n)
  }

  await until(() => world.router.channels.counts.streams === 1)
  assert.equal(socket.heard.length, 30)
  assert.ok(socket.heard.every(({ payload }) => payload.data.moved.place === place))
  never.destroy()
})

test('a change of the supergraph is noticed by those alone whose operation is none of it', async () => {
  await using world = await parcelsWorld()
  using socket = await begun(world.router)
  socket.say(subscribe('kept', { query: 'subscription { moved(id: "p1") { place } }' }))
  socket.say(subscribe('lost'))
  await until(() => world.router.channels.counts.streams === 2)

  await world.router.life.replace(world.supergraphOf({ parcels, weights }))
  await world.live.publish('p1', 'door')
  await until(() => socket.heard.length === 2)

  const [lost, kept] = socket.heard
  assert.deepEqual(
    [lost.id, lost.type, lost.payload[0].extensions],
    ['lost', 'error', { code: 'SCHEMA_CHANGED', retryable: true }],
  )
  assert.deepEqual(kept, {
    id: 'kept',
    type: 'next',
    payload: { data: { moved: { place: 'door' } } },
  })
})

test('a router that closes tells its clients to come elsewhere', async () => {
  await using world = await parcelsWorld()
  using socket = await begun(world.router)
  socket.say(subscribe('1'))
  await until(() => world.router.channels.counts.streams === 1)

  await world[Symbol.asyncDispose]()

  assert.equal(await socket.closed, 1001)
})
