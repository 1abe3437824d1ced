import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Identity, nobody } from '@shop/kit/identity'
import { policyStep } from '../policy/step.ts'
import type { Step } from '../request.ts'
import { roadWith } from '../road.ts'
import { openRouter } from '../router.ts'
import { ask, graphOf } from './graph.ts'

const federation = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [
  "@key" "@requires" "@external" "@shareable" { name: "@authenticated", as: "@signedIn" }
  { name: "@requiresScopes", as: "@needs" } "@policy" ])`

const ada = {
  id: 'ada',
  name: 'Ada',
  email: 'ada@example.com',
  secret: 'S',
  notes: [{ text: 'a' }, { text: 'b' }],
}

const world = () =>
  graphOf({
    people: {
      typeDefs: `${federation}
        type Query { user: User anyone: Named found: [Found] mine: User @signedIn staff: Staff }
        interface Named { name: String secret: String }
        union Found = User | Staff
        type User implements Named @key(fields: "id") @key(fields: "email") {
          id: ID! name: String email: String @needs(scopes: [["customers:read"]])
          secret: String @needs(scopes: [["customers:read"]]) notes: [Note!]
        }
        type Note { text: String! @needs(scopes: [["customers:read"]]) }
        type Staff implements Named @policy(policies: [["service:orders"]]) { name: String secret: String }`,
      resolvers: {
        Query: {
          user: () => ada,
          mine: () => ada,
          staff: () => ({ name: 'Bo', secret: 'T' }),
          anyone: () => ({ ...ada, __typename: 'User' }),
          found: () => [
            { ...ada, __typename: 'User' },
            { __typename: 'Staff', name: 'Bo', secret: 'T' },
          ],
        },
      },
    },
    mail: {
      typeDefs: `${federation}
        type User @key(fields: "email") { email: String mails: Int }`,
      resolvers: { User: { mails: () => 3 } },
    },
  })

const clerk: Identity = { kind: 'staff', id: 'c', scopes: ['customers:read'] }
const shopper: Identity = { kind: 'user', id: 's', scopes: [] }

async function asking(identity: Identity, refuses = false) {
  const graph = world()
  const know: Step = (request) => {
    request.identity = identity
  }
  const asked: string[] = []
  const router = await openRouter({
    supergraph: graph.supergraph,
    config: { port: 0 },
    link: (name) => {
      const link = graph.link(name)
      return {
        ...link,
        ask(call) {
          asked.push(call.document)
          return link.ask(call)
        },
      }
    },
    steps: roadWith({ arrived: [know], policy: policyStep({ refuses }) }),
  })
  return {
    asked,
    ask: (query: string) => ask(router, query),
    [Symbol.asyncDispose]: () => router[Symbol.asyncDispose](),
  }
}

const at = (path: readonly (string | number)[], code = 'FORBIDDEN') => ({
  message: code === 'FORBIDDEN' ? 'Not allowed.' : 'Sign in first.',
  path,
  extensions: { code },
})

test('what its asker may not have is null with an error, and no subgraph is asked for it', async () => {
  await using router = await asking(shopper)

  const answer = await router.ask('{ user { name email notes { text } } mine { id } }')

  assert.deepEqual(answer, {
    data: { user: { name: 'Ada', email: null, notes: null }, mine: { id: 'ada' } },
    errors: [
      at(['user', 'email']),
      at(['user', 'notes', 0, 'text']),
      at(['user', 'notes', 1, 'text']),
    ],
  })
  assert.doesNotMatch(router.asked.join(), /email|text/)
})

test('who is signed out is told to sign in', async () => {
  await using router = await asking(nobody)

  assert.deepEqual(await router.ask('{ mine { id } user { name } }'), {
    data: { mine: null, user: { name: 'Ada' } },
    errors: [at(['mine'], 'UNAUTHENTICATED')],
  })
})

test('what is denied is not read from what was fetched as a key', async () => {
  await using router = await asking(shopper)

  assert.deepEqual(await router.ask('{ user { email mails } }'), {
    data: { user: { email: null, mails: 3 } },
    errors: [at(['user', 'email'])],
  })
})

const ways: readonly (readonly [name: string, query: string])[] = [
  ['an alias', '{ user { name: secret } }'],
  ['an interface', '{ anyone { secret } }'],
  ['a fragment on what implements it', '{ anyone { ... on User { secret } } }'],
  ['a fragment on the interface', '{ user { ... on Named { secret } } }'],
  [
    'a fragment by name',
    '{ user { ...F } } fragment F on User { ...G } fragment G on Named { s: secret }',
  ],
  [
    'a union',
    '{ found { ... on User { secret } ... on Named { s: secret } ... on Staff { secret } } }',
  ],
  ['a condition', '{ user { secret @include(if: true) } }'],
  ['a field of its type', '{ staff { name secret } }'],
  ['twice under one name', '{ user { secret secret } anyone { secret ... on User { secret } } }'],
]

for (const [name, query] of ways) {
  test(`there is no way round by ${name}`, async () => {
    await using router = await asking(shopper)

    const { data, errors } = await router.ask(query)

    assert.doesNotMatch(JSON.stringify(data), /"S"|"T"/)
    assert.ok((errors?.length ?? 0) > 0)
    assert.doesNotMatch(router.asked.join(), /secret/)
  })
}

test('who may have it is given it by every way that asks for no more', async () => {
  await using router = await asking(clerk)

  const open = ['an alias', 'a fragment on what implements it', 'a condition']
  for (const [, query] of ways.filter(([name]) => open.includes(name))) {
    const { data, errors } = await router.ask(query)
    assert.equal(errors, undefined)
    assert.match(JSON.stringify(data), /"S"/)
  }
})

test('by setting the whole operation is refused', async () => {
  await using router = await asking(shopper, true)

  assert.deepEqual(await router.ask('{ user { name email } }'), {
    errors: [{ message: 'Not allowed.', extensions: { code: 'FORBIDDEN' } }],
  })
  assert.deepEqual(router.asked, [])
})

test('what requires a guarded field is guarded itself, where composition did not see to it', async () => {
  const graph = graphOf({
    people: {
      typeDefs: `${federation} type Query { user: User } type User @key(fields: "id") { id: ID! salary: Int @signedIn }`,
      resolvers: {
        Query: { user: () => ({ id: 'ada' }) },
        User: { salary: () => 7, __resolveReference: (u: object) => u },
      },
    },
    tax: {
      typeDefs: `${federation} type User @key(fields: "id") { id: ID! salary: Int @external tax: Int @requires(fields: "salary") @signedIn }`,
      resolvers: {
        User: {
          tax: (user: { salary: number }) => user.salary,
          __resolveReference: (u: object) => u,
        },
      },
    },
  })
  // As a composition before 2.12.1 would have left it.
  const supergraph = graph.supergraph.replace(/(tax: Int @join__field[^\n]*?) @\w+$/m, '$1')
  assert.notEqual(supergraph, graph.supergraph)
  await using router = await openRouter({ supergraph, link: graph.link, config: { port: 0 } })

  assert.deepEqual(await ask(router, '{ user { id tax } }'), {
    data: { user: { id: 'ada', tax: null } },
    errors: [at(['user', 'tax'], 'UNAUTHENTICATED')],
  })
})
