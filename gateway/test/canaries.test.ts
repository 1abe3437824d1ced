import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { localCache } from '@shop/kit/cache'
import { systemClock } from '@shop/kit/clock'
import { type Identity, nobody, userNamed } from '@shop/kit/identity'
import { entityKeeper } from '../cache/entities.ts'
import { RecentPurges } from '../cache/recent-purges.ts'
import { cacheStep } from '../cache/step.ts'
import type { Caller } from '../execute/caller.ts'
import type { SubgraphLink } from '../execute/link.ts'
import type { Step } from '../request.ts'
import { roadWith } from '../road.ts'
import { openRouter } from '../router.ts'
import { type Answer, graphOf } from './graph.ts'

const typeDefs = `extend schema
    @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@composeDirective" "@key" "@authenticated"])
    @link(url: "https://shopgraph.dev/directives/v1.0", import: ["@cacheControl"])
    @composeDirective(name: "@cacheControl")
  directive @cacheControl(maxAge: Int, scope: String) on OBJECT | FIELD_DEFINITION
  type Query {
    shared: Int @cacheControl(maxAge: 60)
    me: Shopper @authenticated
    mine: Shopper @cacheControl(maxAge: 60, scope: "PRIVATE")
    session: String
  }
  type Shopper @key(fields: "id") @cacheControl(maxAge: 60, scope: "PRIVATE") { id: ID name: String }`

/** A subgraph that tells each asker who they are, and takes its time, so that askers meet. */
const mirror = (calls: Caller[]): SubgraphLink => ({
  async ask({ request }) {
    calls.push(request)
    const { identity = nobody } = request
    await delay(5 + Math.random() * 20)
    const shopper = { __typename: 'Shopper', id: identity.id, name: `canary ${identity.id}` }
    return {
      data: { shared: 1, me: shopper, mine: shopper, session: identity.guestId ?? null },
    }
  },
  follow() {
    throw new Error('Nobody subscribes here.')
  },
  async close() {},
})

const byHeader: Step = (request) => {
  const { 'x-who': who, 'x-guest': guest } = request.headers
  const identity: Identity = typeof who === 'string' ? userNamed(who) : nobody
  request.identity = typeof guest === 'string' ? { ...identity, guestId: guest } : identity
}

test('of five hundred who ask the same at once each hears of themselves alone', async () => {
  const calls: Caller[] = []
  const cache = localCache(systemClock)
  const { supergraph } = graphOf({ people: { typeDefs } })
  await using router = await openRouter({
    supergraph,
    link: () => mirror(calls),
    entities: entityKeeper({ cache, purges: new RecentPurges() }),
    config: { port: 0 },
    steps: roadWith({ arrived: [byHeader], admitted: [cacheStep({ cache })] }),
  })
  const ask = async (headers: Record<string, string>) => {
    const response = await fetch(router.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query: '{ shared me { id name } mine { name } session }' }),
    })
    return {
      answer: (await response.json()) as Answer,
      control: response.headers.get('cache-control'),
    }
  }
  const users = Array.from({ length: 500 }, (_, at) => `user-${at}`)

  const crossed: string[] = []
  for (let round = 0; round < 1; round += 1) {
    const answers = await Promise.all(
      users.flatMap((id) => [ask({ 'x-who': id }), ask({ 'x-guest': `guest-${id}` })]),
    )
    answers.forEach(({ answer, control }, at) => {
      const id = users[Math.floor(at / 2)]
      const said = JSON.stringify(answer.data)
      const own =
        at % 2 === 0
          ? {
              shared: 1,
              me: { id, name: `canary ${id}` },
              mine: { name: `canary ${id}` },
              session: null,
            }
          : { shared: 1, me: null, mine: { name: 'canary ' }, session: `guest-${id}` }
      if (said !== JSON.stringify(own) || control !== 'no-store') crossed.push(`${id}: ${said}`)
    })
  }

  assert.deepEqual(crossed, [])
  assert.ok(calls.length >= 1000)
})
