import type { Data } from '../../json.ts'
import type { World } from '../one-server.ts'

const media = (type: string, id: string, own: Data): Data => ({
  __typename: type,
  id,
  title: id.toUpperCase(),
  rating: id.length,
  loans: [{ id: `l${id}`, days: 0, of: null as unknown }],
  advice: (_: Data, self: Data) => `see ${self.title}`,
  fee: (_: Data, self: Data) => (self.loans as Data[])?.length ?? 0,
  ...own,
})
const book = media('Book', 'bo', { pages: 0 })
const film = media('Film', 'fil', { minutes: 90, loans: [] })
const all = [book, film]
for (const each of all) for (const loan of each.loans as Data[]) loan.of = each
const loans = all.flatMap((each) =>
  (each.loans as Data[]).map((loan): Data => ({ __typename: 'Loan', ...loan })),
)
for (const each of all) each.loans = loans.filter((loan) => loan.of === each)

const objects: World = {
  name: '@interfaceObject in three subgraphs, with @requires of what the implementing types know',
  parts: {
    library: `type Query { media: [Media!] book: Book one(id: ID!): Media } interface Media @key(fields: "id") { id: ID! title: String }
      type Book implements Media @key(fields: "id") { id: ID! title: String pages: Int } type Film implements Media @key(fields: "id") { id: ID! title: String minutes: Int }`,
    ratings: `type Query { rated: [[Media]] } type Media @interfaceObject @key(fields: "id") { id: ID! rating(scale: Int): Int title: String @external advice: String @requires(fields: "title") }`,
    loans: `type Query { loans: [Loan] } type Loan @key(fields: "id") { id: ID! of: Media days: Int } type Media @interfaceObject @key(fields: "id") { id: ID! loans: [Loan!] }`,
    fees: `type Media @interfaceObject @key(fields: "id") { id: ID! loans: [Loan!] @external fee: Int @requires(fields: "loans { id }") } type Loan @key(fields: "id") { id: ID! }`,
  },
  roots: {
    Query: {
      media: all,
      book,
      one: ({ id }: Data) => all.find((each) => each.id === id),
      rated: [[film, book], null, []],
      loans,
    },
  },
  entities: [...all, ...loans],
  queries: [
    '{ media { rating } }',
    '{ media { id title rating advice fee __typename ... on Book { pages } } }',
    '{ rated { rating advice title __typename } }',
    '{ rated { ... on Book { pages rating } ... on Film { minutes } } loans { of { __typename title fee } } }',
    '{ book { rating advice fee loans { days of { rating ... on Book { pages } } } } }',
    '{ loans { of { loans { of { loans { id } advice } } } } }',
    '{ one(id: "fil") { ... on Film { rating m: minutes } title: rating } none: one(id: "x") { rating } }',
    '{ media { ...M ... on Film { ...F } } } fragment M on Media { advice } fragment F on Film { fee loans { id } }',
    [
      'query ($s: Int, $q: Boolean!) { media { rating(scale: $s) @include(if: $q) title @skip(if: $q) } }',
      { s: 5, q: true },
    ],
  ],
}

const part = (type: string, id: string, own: Data): Data => ({
  __typename: type,
  id,
  label: id,
  stock: id.length,
  near: null as unknown,
  price: ({ in: unit = 'EUR' }: Data = {}) => `${id.length} ${unit}`,
  note: (_: Data, self: Data) => `${self.label}: ${self.stock}`,
  ...own,
})
const bolt = part('Bolt', 'bolt', { length: 7 })
const nut = part('Nut', 'nut', { width: null, label: null })
const kit: Data = { __typename: 'Kit', code: 'k', holds: [bolt, null, nut] }
bolt.near = nut

/** Two types of one interface, in a union with one that has nothing of it. */
const narrowed: World = {
  name: '@interfaceObject, its fields asked of types, within unions and interfaces of interfaces',
  parts: {
    parts: `type Query { found: [Found] wares: [[Ware!]] bolt: Bolt first: Named } union Found = Kit | Bolt | Nut
      interface Named { label: String } interface Ware implements Named @key(fields: "id") { id: ID! label: String }
      type Bolt implements Ware & Named @key(fields: "id") { id: ID! label: String length: Int }
      type Nut implements Ware & Named @key(fields: "id") { id: ID! label: String width: Int }
      type Kit { code: String holds: [Ware] }`,
    stock: `type Query { scarce: Ware } type Ware @interfaceObject @key(fields: "id") { id: ID! stock: Int! near: Ware }`,
    prices: `type Ware @interfaceObject @key(fields: "id") { id: ID! price(in: String): String label: String @external stock: Int! @external note: String @requires(fields: "label stock") }`,
  },
  roots: {
    Query: {
      found: [kit, bolt, nut, null],
      wares: [[bolt], null, [nut, bolt]],
      bolt,
      first: nut,
      scarce: bolt,
    },
  },
  entities: [bolt, nut],
  queries: [
    '{ found { ... on Bolt { note length } ... on Kit { holds { ... on Nut { price width } } } } }',
    '{ wares { ... on Bolt { stock } ... on Nut { note } label } first { ... on Nut { stock label } } }',
    '{ scarce { ... on Bolt { note length near { ... on Nut { note width } } } } bolt { note near { stock } } }',
    '{ wares { ... on Bolt { p: price(in: "USD") } ... on Nut { p: price } } }',
    '{ found { ... on Bolt { v: note } ... on Nut { v: label } } }',
    '{ wares { ...B ...N } scarce { ...B ...N } } fragment B on Bolt { ...W length } fragment N on Nut { width ...W } fragment W on Ware { near { id label } note }',
  ],
}

export const interfaceObjects = [objects, narrowed]
