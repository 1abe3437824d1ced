import type { Data } from '../../json.ts'
import type { World } from '../one-server.ts'

const read = (self: Data | null, name: string, given: Data = {}) =>
  typeof self?.[name] === 'function'
    ? (self[name] as (given: Data, self: Data) => unknown)(given, self)
    : self?.[name]

const said = (value: unknown) => JSON.stringify(value) ?? 'undefined'
const item = (id: string, own: Data = {}): Data => ({
  __typename: 'Item',
  id,
  price: ({ in: unit = 'EUR', net = false }: Data) => ({ amount: id.length, unit, net }),
  name: ({ lang = 'de' }: Data) => `${id} ${lang}`,
  euros: (_: Data, self: Data) => said(read(self, 'price', { in: 'EUR' })),
  label: (_: Data, self: Data) => said(read(self, 'name', { lang: 'en' })),
  sign: (_: Data, self: Data) => said(read(self, 'name', { lang: 'fr' })),
  ...own,
})
const items = [item('a'), item('bb', { price: null })]

/** What is required takes other arguments than what the client asks. */
const requiredArguments: World = {
  name: '@requires with arguments, of objects and scalars, beside the same fields of the client',
  parts: {
    shop: `type Query { items: [Item] item: Item } type Item @key(fields: "id") { id: ID! price(in: Unit = EUR, net: Boolean): Price name(lang: String): String } enum Unit { EUR USD } type Price { amount: Int unit: Unit net: Boolean }`,
    sums: `type Item @key(fields: "id") { id: ID! price(in: Unit = EUR, net: Boolean): Price @external name(lang: String): String @external euros: String @requires(fields: "price(in: EUR, net: false) { amount unit net }") label: String @requires(fields: "name(lang: \\"en\\")") } enum Unit { EUR USD } type Price { amount: Int @external unit: Unit @external net: Boolean @external }`,
  },
  roots: { Query: { items, item: items[0] } },
  entities: items,
  queries: [
    '{ items { euros label } }',
    '{ items { euros label id } item { e: euros price(in: EUR, net: false) { amount unit net } } }',
    '{ item { price(in: USD) { amount unit } euros } }',
    '{ items { price(in: USD, net: true) { unit net } p: price { unit } euros name(lang: "fr") label n: name } }',
  ],
}

/** Apollo's planner asks for one of the two, and takes it for both; Hive's does too where there are many. */
const requiredTwice: World = {
  name: '@requires of one field with two arguments',
  engines: ['hive'],
  mayRefuse: true,
  parts: {
    shop: `type Query { items: [Item] item: Item } type Item @key(fields: "id") { id: ID! name(lang: String): String }`,
    signs: `type Item @key(fields: "id") { id: ID! name(lang: String): String @external label: String @requires(fields: "name(lang: \\"en\\")") sign: String @requires(fields: "name(lang: \\"fr\\")") }`,
  },
  roots: { Query: { items, item: items[0] } },
  entities: items,
  queries: [
    '{ items { label sign } }',
    '{ items { sign name(lang: "it") label } item { name sign } }',
  ],
}

const size = { __typename: 'Size', w: 2, h: null }
const media = (type: string, id: string, own: Data): Data => ({
  __typename: type,
  id,
  title: id,
  size,
  price: id.length,
  similar: [] as unknown[],
  fits: (_: Data, self: Data) => said((self.size as Data | null)?.w),
  offer: (_: Data, self: Data) => `${self.id} ${self.title}`,
  ...own,
})
const book = media('Book', 'b', { pages: 3 })
const film = media('Film', 'ff', { size: null, title: null })
book.similar = [film, book]
film.similar = null

/** Requirements of types that come by their interface, round in circles. */
const ofInterfaces: World = {
  name: '@requires of types that are asked by an interface which gives itself',
  parts: {
    lists: `type Query { all: [Media] similar(id: ID): [Media] } interface Media { id: ID! similar: [Media] } type Book implements Media @key(fields: "id") { id: ID! similar: [Media] } type Film implements Media @key(fields: "id") { id: ID! similar: [Media] }`,
    facts: `interface Media { id: ID! title: String size: Size } type Book implements Media @key(fields: "id") { id: ID! title: String size: Size pages: Int } type Film implements Media @key(fields: "id") { id: ID! title: String size: Size } type Size { w: Int h: Int }`,
    prices: `interface Priced { price: Int offer: String } type Book implements Priced @key(fields: "id") { id: ID! price: Int title: String @external offer: String @requires(fields: "title") } type Film implements Priced @key(fields: "id") { id: ID! price: Int title: String @external offer: String @requires(fields: "title") }`,
    ways: `interface Media { id: ID! fits: String } type Book implements Media @key(fields: "id") { id: ID! size: Size @external fits: String @requires(fields: "size { w }") } type Film implements Media @key(fields: "id") { id: ID! size: Size @external fits: String @requires(fields: "size { w h }") } type Size { w: Int @external h: Int @external }`,
  },
  roots: { Query: { all: [book, film, null], similar: [book] } },
  entities: [book, film],
  queries: [
    '{ all { fits } }',
    '{ all { similar { fits similar { title ... on Priced { offer } } } ... on Book { offer pages } } }',
    '{ similar { fits title ... on Priced { price offer } ... on Film { f: fits } similar { similar { ... on Book { pages fits } } } } }',
    '{ all { ...M similar { ...M } } } fragment M on Media { size { h } fits ... on Book { title: offer } ... on Film { title: offer } }',
  ],
}

const nested = (id: string, parts: unknown): Data => ({
  __typename: 'Plan',
  id,
  parts,
  sum: (_: Data, self: Data) =>
    said((self.parts as Data[][] | null)?.flat().map((each) => each?.n)),
  deep: (_: Data, self: Data) =>
    said((self.parts as Data[][] | null)?.flat().map((each) => (each?.of as Data | null)?.m)),
})
const plans = [
  nested('p', [[{ n: 1, of: { m: 2, x: 3 } }, null], [], [{ n: null, of: null }]]),
  nested('q', null),
]

const deepLists: World = {
  name: '@requires of objects in lists of lists, some of them null',
  parts: {
    plans: `type Query { plans: [[Plan]] } type Plan @key(fields: "id") { id: ID! parts: [[Part]] } type Part { n: Int of: Of } type Of { m: Int x: Int }`,
    sums: `type Plan @key(fields: "id") { id: ID! parts: [[Part]] @external sum: String @requires(fields: "parts { n }") deep: String @requires(fields: "parts { of { m } }") } type Part { n: Int @external of: Of @external } type Of { m: Int @external }`,
  },
  roots: { Query: { plans: [plans, null, [null]] } },
  entities: plans,
  queries: [
    '{ plans { sum deep } }',
    '{ plans { parts { of { x m: x } n: __typename } deep sum } }',
    '{ plans { deep p: parts { of { m } } } }',
  ],
}

export const moreRequires = [requiredArguments, requiredTwice, ofInterfaces, deepLists]
