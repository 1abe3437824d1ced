import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { type Identity, nobody, userNamed } from '@shop/kit/identity'
import { type Limits, localLimits } from '@shop/kit/limits'
import { redisLimits } from '@shop/kit/limits-redis'
import { openShared } from '@shop/kit/redis'
import { redisServer } from '@shop/kit/test/redis'
import { silent, standingAt } from '@shop/kit/testing'
import { rateStep } from '../rate/step.ts'
import type { Step } from '../request.ts'
import { roadWith } from '../road.ts'
import { openRouter } from '../router.ts'
import { ask, graphOf } from './graph.ts'

const typeDefs = `extend schema
    @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@composeDirective"])
    @link(url: "https://shopgraph.dev/directives/v1.0", import: [{ name: "@rateLimit", as: "@often" }])
    @composeDirective(name: "@often")
  directive @often(limit: Int!, window: Int!, by: String! = "IDENTITY") repeatable on FIELD_DEFINITION
  type Query { me: Int @often(limit: 3, window: 60) here: Int @often(limit: 5, window: 60, by: "ADDRESS") free: Int thing: Thing }
  type Thing { deep: Int @often(limit: 4, window: 60) }
  input Login { email: String! }
  type Mutation { login(input: Login!): Int @often(limit: 5, window: 60, by: "input.email") other: Int }`

interface Told extends Limits {
  questions: number
}

/** Counts how often it is asked. */
function told(limits: Limits): Told {
  const all: Told = {
    questions: 0,
    hit(...given) {
      all.questions += 1
      return limits.hit(...given)
    },
    spend: (...given) => limits.spend(...given),
  }
  return all
}

async function asking(limits: Limits) {
  const resolved = { login: 0 }
  const { supergraph, link } = graphOf({
    a: {
      typeDefs,
      resolvers: {
        Query: { me: () => 1, here: () => 1, free: () => 1, thing: () => ({ deep: 1 }) },
        Mutation: { login: () => ++resolved.login, other: () => 1 },
      },
    },
  })
  const who: { identity: Identity } = { identity: userNamed('ada') }
  const know: Step = (request) => {
    request.identity = who.identity
  }
  const router = await openRouter({
    supergraph,
    link,
    config: { port: 0 },
    steps: roadWith({ arrived: [know], admitted: [rateStep(limits)] }),
  })
  const codeOf = async (query: string, variables = {}) =>
    (await ask(router, query, variables)).errors?.[0].extensions.code
  return {
    who,
    resolved,
    codeOf,
    router,
    [Symbol.asyncDispose]: () => router[Symbol.asyncDispose](),
  }
}

const inProcess = () => told(localLimits(standingAt(new Date(0)).clock))

test('every alias counts, through fragments too, and all fields of an operation are one question', async () => {
  const limits = inProcess()
  await using world = await asking(limits)

  const four = await world.codeOf(
    '{ a: me ...F } fragment F on Query { b: me ...G } fragment G on Query { c: me d: me }',
  )
  const three = await world.codeOf('{ a: me b: me c: me here thing { deep } }')
  const more = await world.codeOf('{ me }')
  const free = await world.codeOf('{ free }')

  assert.deepEqual(
    [four, three, more, free],
    ['RATE_LIMITED', undefined, 'RATE_LIMITED', undefined],
  )
  assert.equal(limits.questions, 3)
})

test('each is counted by whom the field says', async () => {
  await using world = await asking(inProcess())

  const mine = await Promise.all(
    ['{ me }', '{ me }', '{ me }', '{ me }'].map((each) => world.codeOf(each)),
  )
  world.who.identity = userNamed('bob')
  const bobs = await world.codeOf('{ me here }')
  world.who.identity = nobody
  const strangers = await world.codeOf('{ me a: here b: here c: here d: here }')
  const all = await world.codeOf('{ here }')

  assert.deepEqual(mine.toSorted(), ['RATE_LIMITED', undefined, undefined, undefined])
  assert.deepEqual([bobs, strangers, all], [undefined, undefined, 'RATE_LIMITED'])
})

test('many guesses in one document are as many tries, and none is run', async () => {
  await using world = await asking(inProcess())
  const guesses = (count: number, email = '"Ada@example.com"') =>
    `mutation { ${Array.from({ length: count }, (_, at) => `a${at}: login(input: { email: ${email} })`).join(' ')} }`

  const many = await world.codeOf(guesses(150))
  const two = await world.codeOf(guesses(2))
  const byVariable = 'mutation ($input: Login!) { login(input: $input) }'
  const said: unknown[] = []
  for (const email of [
    'ada@example.com',
    ' ADA@example.com ',
    'ada@EXAMPLE.com',
    'ada@example.com',
  ]) {
    said.push(await world.codeOf(byVariable, { input: { email } }))
  }
  const others = await world.codeOf(guesses(1, '"bob@example.com"'))

  assert.deepEqual([many, two], ['RATE_LIMITED', 'OPERATION_TOO_LARGE'])
  assert.deepEqual(said, [undefined, undefined, undefined, 'RATE_LIMITED'])
  assert.equal(others, undefined)
  assert.equal(world.resolved.login, 4)
})

test('a refusal says when to ask again', async () => {
  await using world = await asking(inProcess())
  await world.codeOf('{ a: me b: me c: me }')

  const response = await fetch(world.router.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ me }' }),
  })

  assert.equal(response.status, 429)
  assert.ok(Number(response.headers.get('retry-after')) >= 54)
})

test('with the shared store slow, gone and back, limits hold and nobody waits', async (t) => {
  await using server = await redisServer(t)
  if (!server) return
  const { keys, clock } = standingAt(new Date('2026-03-01T12:00:00Z'))
  await using shared = await openShared(server.url, silent([]))
  await using world = await asking(redisLimits({ shared, clock, keys }))
  const timed = async (query: string) => {
    const began = performance.now()
    const code = await world.codeOf(query)
    return { code, ms: performance.now() - began }
  }

  const first = await timed('{ a: me b: me }')
  server.freeze()
  const slow = await timed('{ me }')
  const away = await timed('{ me }')
  server.thaw()
  for (let tries = 0; shared.isAway && tries < 100; tries += 1) await delay(50)
  const back = await timed('{ me }')
  await server.kill()
  const gone = await timed('{ here }')

  assert.deepEqual(
    [first.code, slow.code, away.code, back.code, gone.code],
    [undefined, undefined, 'RATE_LIMITED', 'RATE_LIMITED', undefined],
  )
  for (const { ms } of [slow, away, gone]) assert.ok(ms < 600, `${ms} ms`)
})
