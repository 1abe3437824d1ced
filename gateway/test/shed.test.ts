import assert from 'node:assert/strict'
import { test } from 'node:test'
import { guestNamed, type Identity, nobody, userNamed } from '@shop/kit/identity'
import type { Step } from '../request.ts'
import { roadWith } from '../road.ts'
import { openRouter } from '../router.ts'
import { Admission, usualAdmission } from '../shed/admission.ts'
import { importanceOf, isSelling } from '../shed/importance.ts'
import { usualPlaces } from '../shed/places.ts'
import { shedStep } from '../shed/step.ts'
import { Stretch } from '../shed/stretch.ts'
import { ask, graphOf } from './graph.ts'

const typeDefs = `extend schema
    @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@composeDirective"])
    @link(url: "https://shopgraph.dev/directives/v1.0", import: [{ name: "@priority", as: "@first" }])
    @composeDirective(name: "@first")
  directive @first(class: String!) on FIELD_DEFINITION
  interface Has { total: Int }
  type Query { page: Int cart: Cart has: Has }
  type Cart implements Has { id: Int total: Int @first(class: "checkout") other: Cart }
  type Mutation { pay: Int @first(class: "checkout") rename: Int }`

/** A shop with one place, which is taken by whoever asks until they are let go. */
async function crowded() {
  const gates: (() => void)[] = []
  const held = () => new Promise<number>((resolve) => gates.push(() => resolve(1)))
  const { supergraph, link } = graphOf({
    a: {
      typeDefs,
      resolvers: {
        Query: { page: held, cart: () => ({ id: 1, total: 2 }), has: () => null },
        Mutation: { pay: () => 1, rename: () => 1 },
      },
    },
  })
  const who: { identity: Identity } = { identity: nobody }
  const time = { ms: 0 }
  const stretch = new Stretch()
  const world = { now: () => time.ms, busy: () => 0.95 }
  const settings = { ...usualAdmission, places: usualPlaces, atFirst: 1 }
  const admission = new Admission(settings, world, stretch)
  const know: Step = (request) => {
    request.identity = who.identity
  }
  const router = await openRouter({
    supergraph,
    link,
    config: { port: 0, traffic: { merge: false } },
    steps: roadWith({ arrived: [know], admitted: [shedStep({ admission, stretch })] }),
  })
  return { router, who, time, gates, admission, stretch }
}

const until = async (isSo: () => boolean) => {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 2))
}

test('a shop that is full sends strangers away with a time to come again, and sells on', async () => {
  const { router, time, gates, admission, who } = await crowded()
  await using _ = router
  const first = ask(router, '{ page }')
  await until(() => gates.length === 1)
  const second = ask(router, '{ page }')
  await until(() => admission.counts.waiting.browse === 1)
  time.ms += 2_000

  const refused = await fetch(router.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"query":"{ page }"}',
  })
  const body = (await refused.json()) as {
    errors: [{ extensions: { code: string } }]
    data?: unknown
  }
  const paid = await ask(router, 'mutation { pay }')
  const quoted = await ask(router, '{ cart { ...T } } fragment T on Cart { other { total } total }')
  who.identity = userNamed('ada')
  const shopper = ask(router, '{ page }')
  await until(() => admission.counts.waiting.account === 1)
  for (let at = 0; at < 3; at++) {
    await until(() => gates.length > at)
    gates[at]?.()
  }

  assert.deepEqual(
    [refused.status, body.errors[0].extensions.code, body.data],
    [503, 'OVERLOADED', undefined],
  )
  assert.match(String(refused.headers.get('retry-after')), /^[123]$/)
  assert.deepEqual(paid, { data: { pay: 1 } })
  assert.deepEqual(quoted, { data: { cart: { other: null, total: 2 } } })
  assert.deepEqual(await Promise.all([first, second, shopper]), [
    { data: { page: 1 } },
    { data: { page: 1 } },
    { data: { page: 1 } },
  ])
  assert.deepEqual(admission.counts.taken, 0)
})

const asked: readonly [query: string, who: Identity, is: string][] = [
  ['{ page }', nobody, 'browse'],
  ['{ page }', guestNamed('g'), 'account'],
  ['mutation { rename }', userNamed('ada'), 'account'],
  ['mutation { rename }', nobody, 'browse'],
  ['mutation { pay }', nobody, 'checkout'],
  ['mutation { pay rename }', nobody, 'browse'],
  ['{ cart { id } }', nobody, 'browse'],
  ['{ __typename cart { total } }', nobody, 'checkout'],
  ['{ cart { total } page }', nobody, 'browse'],
  ['{ ...F } fragment F on Query { has { ... on Cart { other { total } } } }', nobody, 'checkout'],
  ['{ __typename }', nobody, 'browse'],
]

test('what leads to a sale is of the checkout, whoever is known goes before a stranger', async () => {
  const { router } = await crowded()
  await using _ = router
  const { generation } = router.life

  const found = asked.map(([query, identity]) => {
    const document = generation.documents.check(query, undefined)
    const sells = isSelling(document, generation)
    return [query, identity, importanceOf({ identity }, sells)]
  })

  assert.deepEqual(found, asked)
})
