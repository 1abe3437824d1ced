import assert from 'node:assert/strict'
import type { IncomingMessage } from 'node:http'
import { request as ask } from 'node:http'
import { json } from 'node:stream/consumers'
import { test } from 'node:test'
import { localLimits } from '@shop/kit/limits'
import { standingAt } from '@shop/kit/testing'
import { WebSocket } from 'ws'
import { configOf } from '../config.ts'
import { addressBehind } from '../edge/client-address.ts'
import { rateStep } from '../rate/step.ts'
import type { Step } from '../request.ts'
import { roadWith } from '../road.ts'
import { openRouter, type Router } from '../router.ts'
import { configFrom, proxiesIn } from '../shop/config.ts'
import { graphOf } from './graph.ts'
import { nginxBefore } from './nginx.ts'
import { until } from './streams.ts'

const proxies = ['10.0.0.0/8', '192.0.2.7', 'fd00::/8', '::ffff:172.16.0.0/108']

const seen: readonly (readonly [
  peer: string | undefined,
  header: string | undefined,
  is: string,
])[] = [
  ['203.0.113.5', '198.51.100.1', '203.0.113.5'],
  ['11.0.0.1', '198.51.100.1', '11.0.0.1'],
  ['10.0.0.1', undefined, '10.0.0.1'],
  ['10.0.0.1', '', '10.0.0.1'],
  ['10.0.0.1', '198.51.100.1', '198.51.100.1'],
  ['::ffff:10.0.0.1', '198.51.100.1', '198.51.100.1'],
  ['172.31.0.1', '198.51.100.1', '198.51.100.1'],
  ['172.32.0.1', '198.51.100.1', '172.32.0.1'],
  ['fd12::1', '2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
  ['192.0.2.8', '198.51.100.1', '192.0.2.8'],
  // What a client wrote stands to the left of what the proxies did.
  ['10.0.0.1', '1.1.1.1, 10.0.0.9, 198.51.100.1', '198.51.100.1'],
  ['10.0.0.1', '1.1.1.1,198.51.100.1 , 192.0.2.7,10.9.9.9', '198.51.100.1'],
  ['10.0.0.1', '10.0.0.3, 10.0.0.2', '10.0.0.3'],
  ['10.0.0.1', '198.51.100.1:4711', '198.51.100.1'],
  ['10.0.0.1', '[2001:db8::1]:4711', '2001:db8::1'],
  ['10.0.0.1', '[2001:db8::1]', '2001:db8::1'],
  ['10.0.0.1', '::ffff:c633:6401', '198.51.100.1'],
  // What is no address hides what is before it.
  ['10.0.0.1', '198.51.100.1, unknown, 10.0.0.2', '10.0.0.2'],
  ['10.0.0.1', '198.51.100.1,', '10.0.0.1'],
  ['10.0.0.1', '198.51.100.256', '10.0.0.1'],
  ['10.0.0.1', "198.51.100.1'; drop table sessions; --", '10.0.0.1'],
  ['10.0.0.1', ','.repeat(15_000), '10.0.0.1'],
  ['10.0.0.1', `198.51.100.1${',10.0.0.2'.repeat(40)}`, '10.0.0.2'],
  [undefined, '198.51.100.1', ''],
]

const requestOf = (remoteAddress: string | undefined, header: string | undefined) =>
  ({
    socket: { remoteAddress },
    headers: { 'x-forwarded-for': header },
  }) as unknown as IncomingMessage

test('the address is the last that no trusted proxy has, as it was written by one', () => {
  const addressOf = addressBehind(proxies)

  const found = seen.map(([peer, header]) => [peer, header, addressOf(requestOf(peer, header))])

  assert.deepEqual(found, seen)
})

test('with no proxies, no header is believed', () => {
  const addressOf = addressBehind([])

  assert.equal(addressOf(requestOf('127.0.0.1', '198.51.100.1')), '127.0.0.1')
  assert.equal(addressOf(requestOf('::ffff:127.0.0.1', '198.51.100.1')), '127.0.0.1')
})

const noProxies = ['localhost', '10.0.0', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/8/8', '::1/129']
const everybody = ['0.0.0.0/0', '::/0', '::ffff:0:0/96']

for (const text of [...noProxies, ...everybody]) {
  test(`${text} is refused at the start, by name`, () => {
    const told = {
      message: `TRUSTED_PROXIES: "${text}" is no address or range of proxies, as 10.0.0.7, 10.0.0.0/8 or fd00::/8.`,
    }

    assert.throws(() => proxiesIn(`127.0.0.1, ${text}`), told)
    assert.throws(() => configOf({ proxies: [text] }), /is no address or range of proxies/)
    assert.throws(
      () => configFrom({ SHOPGRAPH_KEYS: '{}', TRUSTED_PROXIES: text }),
      /TRUSTED_PROXIES\.0: .* is no address or range/,
    )
  })
}

/** Tells everybody their address, three times a minute. */
async function telling(trusted: string[]) {
  const seenAt: string[] = []
  const { supergraph, link } = graphOf({
    one: {
      typeDefs: `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@composeDirective"])
        @link(url: "https://shopgraph.dev/directives/v1.0", import: ["@rateLimit"])
        @composeDirective(name: "@rateLimit")
        directive @rateLimit(limit: Int!, window: Int!, by: String! = "IDENTITY") repeatable on FIELD_DEFINITION
        type Query { n: Int @rateLimit(limit: 3, window: 60, by: "ADDRESS") }`,
      resolvers: { Query: { n: () => 1 } },
    },
  })
  const look: Step = ({ address }) => {
    seenAt.push(address)
  }
  const limits = localLimits(standingAt(new Date(0)).clock)
  const router = await openRouter({
    supergraph,
    link,
    config: { port: 0, proxies: trusted },
    steps: roadWith({ arrived: [look], admitted: [rateStep(limits)] }),
  })
  return { router, seenAt, [Symbol.asyncDispose]: () => router[Symbol.asyncDispose]() }
}

interface From {
  /** Of a machine of ours: all of 127.0.0.0/8 is. */
  readonly peer?: string
  readonly forwarded?: string
}

const headersOf = ({ forwarded }: From) => ({
  'content-type': 'application/json',
  ...(forwarded && { 'x-forwarded-for': forwarded }),
})

/** The code of the error, or null. */
function codeOf({ url }: Pick<Router, 'url'>, from: From): Promise<string | null> {
  const { promise, resolve, reject } = Promise.withResolvers<string | null>()
  const sent = ask(url, { method: 'POST', localAddress: from.peer, headers: headersOf(from) })
  sent.on('error', reject)
  sent.on('response', (response) => {
    json(response).then((answer) => {
      const { errors } = answer as { errors?: [{ extensions: { code: string } }] }
      resolve(errors?.[0].extensions.code ?? null)
    }, reject)
  })
  sent.end('{"query":"{ n }"}')
  return promise
}

async function overSocket({ url }: Pick<Router, 'url'>, from: From): Promise<void> {
  const options = { localAddress: from.peer, headers: headersOf(from) }
  const client = new WebSocket(url.replace('http', 'ws'), 'graphql-transport-ws', options)
  const heard: string[] = []
  client.on('message', (data) => heard.push(JSON.parse(String(data)).type))
  client.on('open', () => {
    client.send('{"type":"connection_init"}')
    client.send('{"type":"subscribe","id":"1","payload":{"query":"{ n }"}}')
  })
  await until(() => heard.includes('complete'))
  client.terminate()
}

test('behind a proxy each client has its own limits, and whoever comes past it cannot choose one', async () => {
  await using world = await telling(['127.0.0.1'])
  const four = async (from: From) => {
    const codes: (string | null)[] = []
    for (let turn = 0; turn < 4; turn += 1) codes.push(await codeOf(world.router, from))
    return codes
  }
  const limited = [null, null, null, 'RATE_LIMITED']

  assert.deepEqual(await four({ forwarded: '198.51.100.1' }), limited)
  assert.deepEqual(await four({ forwarded: '203.0.113.9, 198.51.100.2' }), limited)
  assert.deepEqual(await four({ peer: '127.0.0.9', forwarded: '198.51.100.3' }), limited)
  assert.equal(
    await codeOf(world.router, { peer: '127.0.0.9', forwarded: '198.51.100.4' }),
    'RATE_LIMITED',
  )
  assert.equal(await codeOf(world.router, { forwarded: '203.0.113.9' }), null)
})

test('a household is one client, with whichever of its addresses it comes', async () => {
  await using world = await telling(['127.0.0.1'])
  const codes: (string | null)[] = []
  for (const each of ['1:2:3::1', '1:2:3::2', '1:2:3:0:ff::3', '1:2:3::4', '1:2:3:1::1']) {
    codes.push(await codeOf(world.router, { forwarded: each }))
  }

  assert.deepEqual(codes, [null, null, null, 'RATE_LIMITED', null])
})

test('a WebSocket comes from where its proxy says, and from its own address where it has none', async () => {
  await using world = await telling(['127.0.0.1'])

  await overSocket(world.router, { forwarded: '198.51.100.1' })
  await overSocket(world.router, { peer: '127.0.0.9', forwarded: '198.51.100.1' })

  assert.deepEqual(world.seenAt, ['198.51.100.1', '127.0.0.9'])
})

test('behind nginx the address is the one it saw, over HTTP and a WebSocket', async (t) => {
  await using world = await telling(['127.0.0.1'])
  await using nginx = await nginxBefore(t, world.router.url)
  if (!nginx) return

  await codeOf(nginx, { peer: '127.0.0.9' })
  await codeOf(nginx, { peer: '127.0.0.9', forwarded: '198.51.100.1, 127.0.0.1' })
  await overSocket(nginx, { peer: '127.0.0.8', forwarded: '198.51.100.1' })

  assert.deepEqual(world.seenAt, ['127.0.0.9', '127.0.0.9', '127.0.0.8'])
})
