import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buildSubgraphSchema } from '@apollo/subgraph'
import { parse } from 'graphql'
import { answering } from './answering.ts'
import { type Identity, nobody, serviceNamed, userNamed } from './identity.ts'
import { guarded } from './policy.ts'
import { silent } from './testing.ts'

const link = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
    import: ["@key", "@authenticated", "@requiresScopes", "@policy", "@composeDirective"])
    @link(url: "https://shopgraph.dev/directives/v1.0", import: ["@public"])
    @composeDirective(name: "@public")
  directive @public on OBJECT | FIELD_DEFINITION`

const sdl = `${link}
  type Query {
    open: String @public
    mine: String @authenticated
    staff: String @requiresScopes(scopes: [["a", "b"], ["c"]])
    service: String @policy(policies: [["service:orders"]])
  }
  type Thing @key(fields: "id") @requiresScopes(scopes: [["c"]]) {
    id: ID! @public
    secret: String
  }`

const schemaOf = (text: string) => {
  const typeDefs = parse(text)
  const value = () => 'given'
  const Query = { open: value, mine: value, staff: value, service: value }
  const Thing = { __resolveReference: ({ id }: { id: string }) => ({ id }), secret: value }
  return guarded(buildSubgraphSchema([{ typeDefs, resolvers: { Query, Thing } }]), typeDefs)
}

const document = `{
  open mine staff service
  _entities(representations: [{ __typename: "Thing", id: "1" }]) { ... on Thing { id secret } }
}`

async function givenTo(identity: Identity) {
  const context = (request: object) => request
  const { answer } = answering({ name: 'a', schema: schemaOf(sdl), context, log: silent([]) })
  const { data } = JSON.parse(await answer({ document, identity }))
  const { _entities, ...fields } = data
  const all = { ...fields, ..._entities[0] }
  return Object.keys(all).filter((name) => all[name] !== null)
}

test('a field is given to whom its policy names, as an entity too', async () => {
  const staff = { ...userNamed('eve'), kind: 'staff' } as const

  assert.deepEqual(await givenTo(nobody), ['open', 'id'])
  assert.deepEqual(await givenTo(userNamed('ada')), ['open', 'mine', 'id'])
  assert.deepEqual(await givenTo({ ...staff, scopes: ['a'] }), ['open', 'mine', 'id'])
  assert.deepEqual(await givenTo({ ...staff, scopes: ['a', 'b'] }), ['open', 'mine', 'staff', 'id'])
  assert.deepEqual(await givenTo({ ...staff, scopes: ['c'] }), [
    'open',
    'mine',
    'staff',
    'id',
    'secret',
  ])
  assert.deepEqual(await givenTo(serviceNamed('orders')), ['open', 'mine', 'service', 'id'])
  assert.deepEqual(await givenTo(serviceNamed('search')), ['open', 'mine', 'id'])
})

test('a field without a policy stops the subgraph before it serves', () => {
  assert.throws(() => schemaOf(`${link} type Query { forgotten: String }`), /Query.forgotten/)
})

const events = `${link}
  type Query { open: String @public }
  type Subscription {
    open: String @public
    mine: String @authenticated
    staff: String @requiresScopes(scopes: [["a"]])
  }`

/** Each field counts how often it was opened, and its events are resolved by a function of their own. */
function eventful() {
  const opened: string[] = []
  const field = (name: string) => ({
    subscribe: async function* () {
      opened.push(name)
      yield 1
    },
    resolve: (event: number) => `${name} ${event}`,
  })
  const Subscription = { open: field('open'), mine: field('mine'), staff: field('staff') }
  const typeDefs = parse(events)
  const schema = guarded(buildSubgraphSchema([{ typeDefs, resolvers: { Subscription } }]), typeDefs)
  return { opened, ...answering({ name: 'a', schema, context: (it) => it, log: silent([]) }) }
}

test('a subscription is refused before it is opened, to whom its policy does not name', async () => {
  const { opened, follow } = eventful()
  const told: unknown[] = []
  const ada = userNamed('ada')
  for (const [field, identity] of [
    ['open', nobody],
    ['mine', nobody],
    ['mine', ada],
    ['staff', ada],
    ['staff', { ...ada, scopes: ['a'] }],
  ] as const) {
    for await (const text of follow({ document: `subscription { ${field} }`, identity })) {
      const { data, errors } = JSON.parse(text)
      told.push(data?.[field] ?? errors[0].extensions.code)
    }
  }

  assert.deepEqual(told, ['open 1', 'UNAUTHENTICATED', 'mine 1', 'FORBIDDEN', 'staff 1'])
  assert.deepEqual(opened, ['open', 'mine', 'staff'])
})
