import type { Data } from '../../json.ts'
import type { World } from '../one-server.ts'

const of = (type: string, id: string, own: Data): Data => ({ __typename: type, id, ...own })
const oven = of('Oven', 'o', {
  name: 'Oven',
  price: 0,
  watts: 900,
  stock: 1,
  maker: null,
  similar: [],
})
const book = of('Book', 'b', {
  name: 'Book',
  price: 12,
  pages: null,
  stock: 0,
  maker: { __typename: 'Firm', code: 'f', name: 'Firm', seats: 4 },
  similar: [oven, null],
})
const gift = of('Gift', 'g', {
  name: null,
  price: null,
  holds: [book, oven, null],
  stock: 3,
  maker: { __typename: 'Artist', code: 'a', name: 'Artist', songs: ['x', null] },
  similar: null,
})
const makers = [book.maker, gift.maker] as Data[]
const all = [oven, book, gift]

/** An interface of one subgraph whose fields another has, on types that not all of them know. */
const interfaces: World = {
  name: 'interfaces and unions whose members and fields are spread over four subgraphs',
  parts: {
    shop: `type Query { all: [Item] grid: [[Thing!]] one(id: ID!): Item thing: Thing }
      interface Item { id: ID! name: String maker: Maker } union Thing = Book | Gift
      interface Maker { code: ID! } type Firm implements Maker @key(fields: "code") { code: ID! } type Artist implements Maker @key(fields: "code") { code: ID! }
      type Oven implements Item @key(fields: "id") { id: ID! name: String watts: Int maker: Maker }
      type Book implements Item @key(fields: "id") { id: ID! name: String pages: Int maker: Maker }
      type Gift implements Item @key(fields: "id") { id: ID! name: String holds: [Item] maker: Maker }`,
    prices: `interface Item { id: ID! price: Int } interface Priced { price: Int }
      type Oven implements Item & Priced @key(fields: "id") { id: ID! price: Int } type Book implements Item & Priced @key(fields: "id") { id: ID! price: Int }
      type Gift implements Item @key(fields: "id") { id: ID! price: Int }`,
    stock: `type Query { scarce: [Stocked!] } interface Stocked { id: ID! stock: Int! }
      type Book implements Stocked @key(fields: "id") { id: ID! stock: Int! similar: [Stocked] } type Oven implements Stocked @key(fields: "id") { id: ID! stock: Int! } type Gift @key(fields: "id") { id: ID! stock: Int! }`,
    makers: `interface Maker { code: ID! name: String } type Firm implements Maker @key(fields: "code") { code: ID! name: String seats: Int! } type Artist implements Maker @key(fields: "code") { code: ID! name: String songs: [String] }`,
  },
  roots: {
    Query: {
      all: [...all, null],
      grid: [[book, gift], null, []],
      thing: gift,
      scarce: [book, oven],
      one: ({ id }: Data) => all.find((each) => each.id === id),
    },
  },
  entities: [...all, ...makers],
  queries: [
    '{ all { id price } }',
    '{ all { __typename t: __typename ... on Stocked { stock } ... on Priced { price } maker { __typename name } } }',
    '{ grid { __typename ... on Book { price stock pages } ... on Gift { holds { name price ... on Book { stock } } } } }',
    '{ thing { ... on Item { name price maker { name ... on Firm { seats } ... on Artist { songs } } } } }',
    '{ scarce { stock id ... on Item { name price } ... on Book { similar { stock ... on Oven { watts } } } } }',
    '{ a: one(id: "g") { ... on Gift { holds { ... on Gift { holds { id } } price } stock } } b: one(id: "o") { price ... on Oven { w: watts } } c: one(id: "x") { price } }',
    '{ all { ...I ... on Book { ...I x: pages } ... on Gift { x: price } } } fragment I on Item { price maker { ... on Maker { name } } }',
    '{ all { ... on Book { v: pages } ... on Oven { v: watts } ... on Gift { v: price } } }',
    '{ all { ... on Book { v: name w: maker { code: name } } ... on Oven { v: name w: maker { code: name } } ... on Gift { v: name w: maker { code: name } } } }',
    [
      'query ($q: Boolean!) { all { ... on Priced @include(if: $q) { price } ... on Item @skip(if: $q) { name } } }',
      { q: true },
    ],
  ],
}

const square = { __typename: 'Square', side: 2, name: 'sq', area: 4 }
const circle = { __typename: 'Circle', radius: 0, name: 'ci', area: 0 }
const line = { __typename: 'Line', length: 1 }

const layers: World = {
  name: 'interfaces of interfaces, of value types, and a union that each subgraph knows a part of',
  parts: {
    one: `type Query { shapes: [Shape!] named: Named any: [Drawn] left: Drawn @shareable }
      interface Shape implements Named { name: String area: Float } interface Named { name: String } union Drawn = Square | Circle
      type Square implements Shape & Named @shareable { name: String area: Float side: Int } type Circle implements Shape & Named @shareable { name: String area: Float radius: Int! }`,
    two: `type Query { right: [[Drawn]] left: Drawn @shareable } union Drawn = Square | Line
      type Square implements Shape & Named @shareable { name: String area: Float side: Int } interface Shape implements Named { name: String area: Float } interface Named { name: String } type Line @shareable { length: Int }`,
  },
  roots: {
    Query: {
      shapes: [square, circle],
      named: circle,
      any: [circle, null, square],
      left: square,
      right: [[line, square], null],
    },
  },
  queries: [
    '{ shapes { name area ... on Square { side } ... on Named { n: name } } named { __typename ... on Shape { area } } }',
    '{ any { __typename ... on Circle { radius } ... on Line { length } } right { __typename ... on Circle { radius } ... on Line { length } ... on Square { side } } }',
    '{ left { __typename ... on Square { s: side } ... on Line { length } ... on Named { name } } }',
    '{ any { ... on Drawn { ... on Named { name } } ... on Shape { area ... on Circle { again: radius } } } }',
    '{ shapes { ... on Circle { v: area } ... on Square { v: area } } }',
  ],
}

export const abstract = [interfaces, layers]
