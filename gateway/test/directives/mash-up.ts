import type { Data } from '../../json.ts'
import type { World } from '../one-server.ts'

const kindOf = (code: string): Data => ({ __typename: 'Kind', code, name: code.toUpperCase() })
const thing = (id: string, own: Data = {}): Data => ({
  __typename: 'Thing',
  id,
  pid: `p${id}`,
  kind: kindOf(`k${id}`),
  rank: id.length,
  title: `Thing ${id}`,
  ...own,
})
const things = [thing('a'), thing('bb'), thing('c', { title: null, rank: null })]
const [one, two, three] = things as [Data, Data, Data]
const kinds = things.map((each) => each.kind as Data)

/** Each subgraph's key is made of what two others give. */
const mashUp: World = {
  name: 'keys put together from keys of several subgraphs',
  parts: {
    ids: `type Query { things: [Thing] one: Thing } type Thing @key(fields: "id") { id: ID! title: String }`,
    pids: `type Thing @key(fields: "id") @key(fields: "id pid") { id: ID! pid: ID! }`,
    kinds: `type Query { ofKind(code: ID): [[Thing!]] } type Thing @key(fields: "id pid") @key(fields: "pid kind { code }") { id: ID! pid: ID! kind: Kind @shareable } type Kind @key(fields: "code") { code: ID! }`,
    ranks: `type Thing @key(fields: "pid kind { code }") { pid: ID! kind: Kind @shareable rank: Int } type Kind @key(fields: "code", resolvable: false) { code: ID! }`,
    names: `type Kind @key(fields: "code") { code: ID! name: String }`,
  },
  roots: { Query: { things: [...things, null], one, ofKind: [[two], null, [three, one]] } },
  entities: [...things, ...kinds],
  queries: [
    '{ things { rank } }',
    '{ things { id pid rank title kind { name } } one { kind { code name } rank } }',
    '{ ofKind { title rank pid id } one { k: kind { n: name } r: rank pid: id } }',
    '{ ofKind(code: "x") { ...T } things { ...T kind { code } } } fragment T on Thing { rank title kind { name } }',
  ],
}

const basket = (id: string, list: Data[], best: Data | null): Data => ({
  __typename: 'Basket',
  things: list,
  best,
  total: list.length,
  note: `basket ${id}`,
  sale: id === 'x',
})
const baskets = [basket('x', [one, two], two), basket('y', [three], three), basket('z', [], null)]

/** A key of a list, whose elements another subgraph has to be asked about first. */
const listKeys: World = {
  name: 'keys of lists of entities, longer from subgraph to subgraph',
  parts: {
    baskets: `type Query { baskets: [Basket] } type Basket @key(fields: "things { id }") { things: [Thing!]! } type Thing @key(fields: "id") { id: ID! title: String }`,
    pids: `type Basket @key(fields: "things { id }") @key(fields: "things { id pid }") { things: [Thing!]! note: String } type Thing @key(fields: "id") @key(fields: "id pid") { id: ID! pid: ID! }`,
    totals: `type Basket @key(fields: "things { id pid }") @key(fields: "things { pid id kind { code } } best { id }") { things: [Thing!]! best: Thing @shareable total: Int! } type Thing @key(fields: "id pid") { id: ID! pid: ID! kind: Kind } type Kind @shareable { code: ID! }`,
    sales: `type Basket @key(fields: "things { id pid kind { code } } best { id }") { things: [Thing!]! best: Thing @shareable sale: Boolean } type Thing @key(fields: "id") { id: ID! pid: ID! @external kind: Kind @external rank: Int } type Kind { code: ID! @external }`,
  },
  roots: { Query: { baskets } },
  entities: [...baskets, ...things],
  queries: [
    '{ baskets { note } }',
    '{ baskets { total } }',
    '{ baskets { sale note total things { title rank } } }',
    '{ baskets { best { title kind { code } } s: sale things { kind { c: code } pid id } } }',
    '{ baskets { things { rank id: pid } sale } }',
  ],
}

const nobody = { __typename: 'User', email: null, name: 'Nobody', org: null, age: 7, boss: null }
const stray = {
  __typename: 'User',
  email: 's',
  name: 'Stray',
  org: { id: 'o', region: null },
  boss: null,
}
const ann = {
  __typename: 'User',
  email: 'a',
  name: 'Ann',
  age: 0,
  badge: 'A',
  org: { id: 'o', region: { code: 'r' } },
  boss: stray,
}
const users: Data[] = [ann, nobody, stray]

/** Keys that may be null, and entities that a subgraph has never heard of. */
const missing: World = {
  name: 'keys that are null, and entities that are not known everywhere',
  parts: {
    names: `type Query { users: [User] user(email: String): User } type User @key(fields: "email") @key(fields: "org { id region { code } } email") { email: String name: String org: Org boss: User } type Org @shareable { id: ID region: Region } type Region @shareable { code: String }`,
    ages: `type User @key(fields: "email") { email: String age: Int }`,
    badges: `type User @key(fields: "org { id region { code } } email") { email: String org: Org badge: String! } type Org @shareable { id: ID region: Region } type Region @shareable { code: String }`,
  },
  roots: {
    Query: { users, user: ({ email }: Data) => users.find((each) => each.email === email) },
  },
  entities: [ann, nobody],
  queries: [
    '{ users { name age } }',
    '{ users { badge } }',
    '{ users { boss { name age boss { age } } } user(email: "a") { badge age } }',
    '{ user(email: "x") { badge } s: user(email: "s") { age badge } u: user { age } }',
  ],
}

export const mashUps = [mashUp, listKeys, missing]
