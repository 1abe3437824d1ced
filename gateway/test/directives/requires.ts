import type { Data } from '../../json.ts'
import type { World } from '../one-server.ts'

/** A field that stands in the object as it is, or is asked with the argument that was required. */
const read = (self: Data, name: string, given?: Data) =>
  typeof self[name] === 'function'
    ? (self[name] as (given?: Data, self?: Data) => unknown)(given, self)
    : self[name]

const size = { width: 2, height: 3, unit: { name: 'cm' } }
const product = (id: string, own: Data): Data => ({
  __typename: 'Product',
  id,
  price: ({ currency = 'EUR' }: Data = {}) => (currency === 'EUR' ? 10 : 12),
  size,
  weight: 0,
  tags: [['x', null], []],
  parts: [{ code: 'a', grams: 3 }, null, { code: 'b', grams: 0 }],
  label: (_: Data, self: Data) =>
    `${(self.size as Data | null)?.width}x${(self.size as Data | null)?.height}`,
  shipping: (_: Data, self: Data) => `${JSON.stringify(self.weight)} ${read(self, 'label')}`,
  total: (_: Data, self: Data) => Number(read(self, 'price', { currency: 'EUR' })) + 1,
  heft: (_: Data, self: Data) =>
    (self.parts as (Data | null)[] | null)?.map((part) => part?.grams ?? null),
  depth: (_: Data, self: Data) => (self.tags as unknown[]).length,
  advice: (_: Data, self: Data) => `${read(self, 'shipping')}!`,
  ...own,
})
const products = [
  product('p1', {}),
  product('p2', { size: null, weight: null, parts: null }),
  product('p3', { weight: 9 }),
]

/** One needs what another needs of a third. */
const chains: World = {
  name: '@requires over four subgraphs, each of what the one before made',
  parts: {
    catalog: `type Query { products: [Product] product(id: ID!): Product }
      type Product @key(fields: "id") { id: ID! size: Size price(currency: String): Int weight: Int tags: [[String]] parts: [Part] }
      type Size @shareable { width: Int height: Int unit: Unit } type Unit @shareable { name: String } type Part @shareable { code: String grams: Int }`,
    labels: `type Product @key(fields: "id") { id: ID! size: Size @external label: String @requires(fields: "size { width height }") }
      type Size @shareable { width: Int height: Int }`,
    shipping: `type Product @key(fields: "id") { id: ID! weight: Int @external label: String @external
        shipping(to: String): String @requires(fields: "weight label") }`,
    sums: `type Product @key(fields: "id") { id: ID! price(currency: String): Int @external parts: [Part] @external tags: [[String]] @external
        total: Int @requires(fields: "price(currency: \\"EUR\\")") heft: [Int] @requires(fields: "parts { grams }") depth: Int @requires(fields: "tags")
        shipping(to: String): String @external advice: String @requires(fields: "shipping") }
      type Part @shareable { code: String grams: Int }`,
  },
  roots: {
    Query: { products, product: ({ id }: Data) => products.find((each) => each.id === id) },
  },
  entities: products,
  queries: [
    '{ products { shipping } }',
    '{ products { id advice shipping label total heft depth } }',
    '{ product(id: "p2") { size { height } s: size { unit { name } } label heft parts { code } } }',
    '{ product(id: "p1") { weight: id total heft parts { grams: code } label: __typename } }',
    '{ a: product(id: "p1") { one: shipping two: advice } b: product(id: "p3") { two: shipping one: advice } }',
    [
      'query ($v: Boolean!) { products { shipping @include(if: $v) weight @skip(if: $v) ... on Product @include(if: $v) { total heft } } }',
      { v: true },
    ],
    [
      'query ($v: Boolean!) { products { shipping @include(if: $v) weight @skip(if: $v) ... on Product @include(if: $v) { total heft } } }',
      { v: false },
    ],
  ],
}

const ring = [1, 2].map(
  (n): Data => ({
    __typename: 'Ring',
    id: `r${n}`,
    a: n,
    b: (_: Data, self: Data) => Number(self.a) * 10,
    c: (_: Data, self: Data) => Number(read(self, 'b')) + 1,
    d: (_: Data, self: Data) => [read(self, 'c'), self.a].join('-'),
  }),
)

/** There and back again between the same two. */
const circles: World = {
  name: '@requires there and back between two subgraphs',
  parts: {
    one: `type Query { rings: [Ring!]! ring: Ring }
      type Ring @key(fields: "id") { id: ID! a: Int b: Int @external c: Int @requires(fields: "b") }`,
    two: `type Query { again: Ring } type Ring @key(fields: "id") { id: ID! a: Int @external b: Int @requires(fields: "a") c: Int @external d: String @requires(fields: "c a") }`,
  },
  roots: { Query: { rings: ring, ring: ring[0], again: ring[1] } },
  entities: ring,
  queries: [
    '{ rings { d } }',
    '{ ring { a b c d } again { d c b a } }',
    '{ again { c } rings { x: b y: c z: d } }',
    '{ ring { ...F } again { ...F } } fragment F on Ring { d ... on Ring { c again: d } }',
  ],
}

const book: Data = { __typename: 'Book', id: 'b', title: 'Book', pages: 0 }
const film: Data = { __typename: 'Film', id: 'f', title: null, minutes: 90 }
const about = (self: Data) => {
  const media = self.media as Data | null
  return media && `${media.title} ${media.pages ?? media.minutes}`
}
const shelf = (id: string, media: Data | null, all: unknown[]): Data => ({
  __typename: 'Shelf',
  id,
  media,
  all,
  best: media,
  says: (_: Data, self: Data) => about(self),
  names: (_: Data, self: Data) =>
    (self.all as (Data | null)[]).map((each) => each && `${each.__typename}`),
  kind: (_: Data, self: Data) => String((self.best as Data | null)?.pages ?? 'no book'),
})
const shelves = [
  shelf('s1', book, [book, film, null]),
  shelf('s2', film, []),
  shelf('s3', null, [film]),
]

const abstract: World = {
  name: '@requires of what lies behind interfaces and unions',
  parts: {
    media: `type Query { shelves: [Shelf!] }
      type Shelf @key(fields: "id") { id: ID! media: Media all: [Media] best: Any }
      interface Media { id: ID! title: String } union Any = Book | Film
      type Book implements Media @shareable { id: ID! title: String pages: Int } type Film implements Media @shareable { id: ID! title: String minutes: Int }`,
    words: `type Shelf @key(fields: "id") { id: ID! media: Media @external all: [Media] @external best: Any @external
        says: String @requires(fields: "media { title ... on Book { pages } ... on Film { minutes } }")
        names: [String] @requires(fields: "all { __typename id }")
        kind: String @requires(fields: "best { ... on Book { pages } }") }
      interface Media { id: ID! title: String } union Any = Book | Film
      type Book implements Media @shareable { id: ID! title: String pages: Int } type Film implements Media @shareable { id: ID! title: String minutes: Int }`,
  },
  roots: { Query: { shelves } },
  entities: shelves,
  queries: [
    '{ shelves { says } }',
    '{ shelves { names kind } }',
    '{ shelves { kind best { ... on Film { minutes } ... on Book { p: pages } __typename } says } }',
    '{ shelves { media { id ... on Book { title: pages } } says all { ... on Film { id } } names } }',
  ],
}

const deep = ['x', 'y'].map((id, n): Data => {
  const owner: Data = {
    __typename: 'Owner',
    id: `o${id}`,
    name: `Owner ${id}`,
    level: n,
    home: { city: n ? null : 'Ulm' },
  }
  return {
    __typename: 'House',
    id,
    owner,
    note: (_: Data, self: Data) => {
      const of = self.owner as Data
      return `${of.name} of ${(of.home as Data | null)?.city}, ${of.level}`
    },
  }
})
const owners = deep.map((each) => each.owner as Data)

const throughEntities: World = {
  name: '@requires of fields of another entity, which two more subgraphs know',
  parts: {
    houses: `type Query { houses: [[House]] } type House @key(fields: "id") { id: ID! owner: Owner! } type Owner @key(fields: "id") { id: ID! }`,
    owners: `type Owner @key(fields: "id") { id: ID! name: String home: Home } type Home { city: String }`,
    levels: `type Owner @key(fields: "id") { id: ID! level: Int @shareable }`,
    notes: `type House @key(fields: "id") { id: ID! owner: Owner! @external note: String @requires(fields: "owner { name level home { city } }") }
      type Owner @key(fields: "id") { id: ID! name: String @external level: Int @external home: Home @external } type Home { city: String @external }`,
  },
  roots: { Query: { houses: [deep, [null, deep[0]], null] } },
  entities: [...deep, ...owners],
  queries: [
    '{ houses { note } }',
    '{ houses { owner { level } note id } }',
    '{ houses { owner { name: level home { c: city } } n: note } }',
  ],
}

export const requires = [chains, circles, abstract, throughEntities]
