import type { World } from '../one-server.ts'

const ann = { __typename: 'User', id: 'u1', email: 'ann@a.test', name: 'Ann', nick: 'a', points: 0 }
const ben = { __typename: 'User', id: 'u2', email: 'ben@b.test', name: 'Ben', nick: '', points: 7 }

/** From one subgraph's key to another's, over one that knows both. */
const severalKeys: World = {
  name: 'a key that only a third subgraph can turn into another',
  parts: {
    ids: `type Query { users: [User] byId(id: ID!): User }
      type User @key(fields: "id") { id: ID! name: String }`,
    both: `type User @key(fields: "id") @key(fields: "email") { id: ID! email: String! nick: String }`,
    emails: `type Query { first: User } type User @key(fields: "email") { email: String! points: Int }`,
  },
  roots: {
    Query: {
      users: [ann, null, ben],
      byId: ({ id }: { id: string }) => [ann, ben].find((each) => each.id === id),
      first: ann,
    },
  },
  entities: [ann, ben],
  queries: [
    '{ users { points } }',
    '{ users { name points nick email id } }',
    '{ first { name } }',
    '{ first { points name again: points ... on User { nick id } __typename } }',
    '{ a: byId(id: "u1") { points } b: byId(id: "u2") { points nick } none: byId(id: "u9") { points } }',
    [
      'query ($id: ID!, $with: Boolean!) { byId(id: $id) { points @include(if: $with) name @skip(if: $with) } }',
      { id: 'u2', with: true },
    ],
    [
      'query ($id: ID!, $with: Boolean!) { byId(id: $id) { points @include(if: $with) name @skip(if: $with) } }',
      { id: 'u2', with: false },
    ],
  ],
}

const tag = (name: string, value: string) => ({ name, value })
const shelf = (row: number) => ({
  row,
  hall: { code: `h${row}`, tags: [tag('a', `${row}`), tag('b', 'x')] },
})
const box = (number: number) => ({
  __typename: 'Box',
  number,
  shelf: shelf(number),
  weight: number / 2,
  label: `box ${number}`,
  lids: [[`lid ${number}`], []],
})
const boxes = [box(0), box(1), box(2)]

/** Keys of keys: objects in objects, and lists of objects. */
const nestedKeys: World = {
  name: 'a key of nested objects and lists',
  parts: {
    store: `type Query { boxes: [[Box]] box(number: Int!): Box }
      type Box @key(fields: "number shelf { row hall { code tags { name value } } }") { number: Int! shelf: Shelf! }
      type Shelf @shareable { row: Int! hall: Hall! } type Hall @shareable { code: String! tags: [Tag!]! }
      type Tag @shareable { name: String! value: String! }`,
    scale: `type Box @key(fields: "shelf { hall { tags { value name } code } row } number") { number: Int! shelf: Shelf! weight: Float lids: [[String!]] }
      type Shelf @shareable { row: Int! hall: Hall! } type Hall @shareable { code: String! tags: [Tag!]! }
      type Tag @shareable { name: String! value: String! }`,
    print: `type Box @key(fields: "number") { number: Int! label: String }`,
  },
  roots: {
    Query: {
      boxes: [[boxes[0], null], null, [], [boxes[2], boxes[1], boxes[2]]],
      box: ({ number }: { number: number }) => boxes[number],
    },
  },
  entities: boxes,
  queries: [
    '{ boxes { weight lids } }',
    '{ boxes { weight label shelf { row } } }',
    '{ box(number: 1) { shelf { row: row r: row hall { tags { name } } } weight } other: box(number: 7) { weight } }',
    '{ box(number: 0) { weight number s: shelf { hall { code c: code tags { value } } } } }',
    '{ boxes { number shelf { hall { tags { v: value } } } lids w: weight } }',
  ],
}

const seller = (code: string, of: unknown) => ({
  __typename: 'Seller',
  code,
  rating: code.length,
  home: of,
})
const country = {
  __typename: 'Country',
  iso: 'DE',
  name: 'Germany',
  tax: 19,
  lead: null as unknown,
}
const lead = seller('abc', country)
country.lead = lead
const offers = [
  { __typename: 'Offer', id: 1, seller: lead, price: 0 },
  { __typename: 'Offer', id: 2, seller: null, price: 12 },
  { __typename: 'Offer', id: 3, seller: seller('xy', null), price: null },
]

/** Stubs that cannot be asked for, on the way from one entity to the next. */
const notResolvable: World = {
  name: 'entities that a subgraph only refers to',
  parts: {
    offers: `type Query { offers: [Offer!]! }
      type Offer @key(fields: "id") { id: ID! seller: Seller price: Int }
      type Seller @key(fields: "code", resolvable: false) { code: String! }`,
    sellers: `type Seller @key(fields: "code") { code: String! rating: Int! home: Country }
      type Country @key(fields: "iso", resolvable: false) { iso: ID! }`,
    world: `type Query { countries: [Country!] }
      type Country @key(fields: "iso") { iso: ID! name: String lead: Seller tax: Int }
      type Seller @key(fields: "code", resolvable: false) { code: String! }`,
  },
  roots: { Query: { offers, countries: [country] } },
  entities: [...offers, lead, offers[2]?.seller as never, country],
  queries: [
    '{ offers { seller { code } } }',
    '{ offers { id price seller { rating home { name tax } } } }',
    '{ offers { seller { home { lead { home { lead { rating code } } } } } } }',
    '{ countries { lead { rating home { iso } } } offers { seller { home { iso } } } }',
    '{ offers { ...A seller { ...B } } } fragment A on Offer { seller { code c: code } } fragment B on Seller { home { ...C } } fragment C on Country { __typename tax }',
  ],
}

export const keys = [severalKeys, nestedKeys, notResolvable]
