import type { Data } from '../../json.ts'
import type { World } from '../one-server.ts'

const card = { __typename: 'Card', last: '4242', fee: 1 }
const bank = { __typename: 'Bank', iban: 'DE', fee: 0 }
const cash = { __typename: 'Cash', till: 3, fee: null }
const order = (id: string, own: Data): Data => ({
  __typename: 'Order',
  id,
  paid: card,
  ways: [card, bank],
  state: 'OPEN',
  all: [[cash], null, [card, bank]],
  ...own,
})
const orders = [order('1', {}), order('2', { paid: null, ways: [cash, null], state: 'DONE' })]

/** Value types in unions and interfaces of which each subgraph knows a part. */
const distributed: World = {
  name: 'members of unions and types of interfaces that only some subgraphs know, on roots and entities that several have',
  parts: {
    one: `type Query { order: Order @shareable way: Way @shareable orders: [Order] } union Way = Card | Bank interface Costly { fee: Int } enum State { OPEN DONE }
      type Order @key(fields: "id") { id: ID! paid: Way @shareable state: State @shareable } type Card implements Costly @shareable { last: String fee: Int } type Bank implements Costly @shareable { iban: String fee: Int }`,
    two: `type Query { order: Order @shareable way: Way @shareable } union Way = Card | Cash interface Costly { fee: Int }
      type Order @key(fields: "id") { id: ID! paid: Way @shareable ways: [Costly] } type Card implements Costly @shareable { last: String fee: Int } type Cash implements Costly @shareable { till: Int fee: Int } type Bank implements Costly @shareable { fee: Int iban: String }`,
    three: `union Way = Card | Cash | Bank enum State { OPEN DONE LATE } type Order @key(fields: "id") { id: ID! all: [[Way!]] late: State } type Card @shareable { last: String fee: Int } type Bank @shareable { iban: String fee: Int } type Cash @shareable { till: Int fee: Int }`,
  },
  roots: { Query: { order: orders[0], way: card, orders } },
  entities: orders,
  queries: [
    '{ order { paid { __typename ... on Card { last } ... on Bank { iban } ... on Cash { till } } state } way { ... on Costly { fee } ... on Card { l: last } } }',
    '{ orders { ways { fee __typename ... on Bank { iban } ... on Cash { till } } all { ... on Costly { fee } ... on Way { ... on Card { last } } } late } }',
    '{ orders { paid { ... on Cash { till } } ways { ... on Cash { till } } } way { ... on Cash { fee } ... on Bank { fee } } }',
    '{ orders { x: paid { ... on Card { a: fee } } y: ways { ... on Card { a: last } ... on Bank { a: iban } } } }',
  ],
}

const asked: Data = {
  one: 0,
  two: [{ x: 1, z: [] }, null],
  pair: { x: 1, y: 2, z: [0] },
}
const done: Data = { turn: ({ by }: Data) => ({ x: by, y: 0 }) }

/** A root by another name is Query to clients, at any place that they ask for it. */
const rootNames: World = {
  name: 'roots of other names, and __typename at every place',
  parts: {
    one: `schema { query: Asking mutation: Doing } type Asking { one: Int pair: Pair @shareable } type Doing { turn(by: Int! = 2): Turned } type Turned { x: Int y: Int } type Pair @shareable { x: Int y: Int }`,
    two: `schema { query: RootQuery } type RootQuery { two: [Other] pair: Pair @shareable } type Other { x: Int z: [Int!] } type Pair @shareable { x: Int z: [Int!] }`,
  },
  roots: { Query: asked, Asking: asked, RootQuery: asked, Mutation: done, Doing: done },
  queries: [
    '{ __typename }',
    '{ a: __typename ... on Query { b: __typename one } ...Q } fragment Q on Query { __typename pair { t: __typename x y z } }',
    '{ two { __typename x z } pair { z y } }',
    'mutation { __typename t: __typename turn { __typename x } other: turn(by: 5) { x y } }',
    'query ($q: Boolean! = true) { __typename @skip(if: $q) pair { __typename @include(if: $q) } }',
    'query ($q: Boolean! = false) { pair @include(if: $q) { x } one @skip(if: $q) two { ... on Other @include(if: $q) { x } __typename } }',
    'query ($q: Boolean! = false) { pair @include(if: $q) { x } }',
  ],
}

export const members = [distributed, rootNames]
