import { federation2, type Part } from './graph.ts'

/** A shop: keys of several fields, nested requirements, provides, unions, lists of lists, value types. */
export const shop: Readonly<Record<string, Part>> = {
  catalog: {
    typeDefs: `${federation2}
      type Query {
        products(first: Int = 3, kind: Kind): [Product!]
        product(id: ID!): Product
        search(text: String, filter: Filter): [Hit]
        grid: [[Product]]
      }
      enum Kind { MUG BOWL PLATE }
      input Filter { kinds: [Kind!] price: Range }
      input Range { least: Int most: Int }
      interface Sold { id: ID! name(lang: String): String }
      type Product implements Sold @key(fields: "id") {
        id: ID! name(lang: String): String kind: Kind size: Size maker: Maker tags: [String!]
        weight: Float parts: [Product]
      }
      type Bundle implements Sold @key(fields: "id") { id: ID! name(lang: String): String items: [Product!] }
      type Size @shareable { width: Int height: Int unit: Kind }
      type Maker @key(fields: "id") { id: ID! country: String @shareable }
      union Hit = Product | Bundle | Maker`,
  },
  stock: {
    typeDefs: `${federation2}
      type Query { levels: [Product] lowest: Product }
      type Product @key(fields: "id") {
        id: ID! weight: Float @external size: Size @external
        available: Int
        shipping(to: String): Int @requires(fields: "weight size { width height }")
        places: [[Place]]
      }
      type Size @shareable { width: Int height: Int }
      type Place { row: Int! shelf: String product: Product }
      type Bundle @key(fields: "id") { id: ID! available: Int }`,
  },
  reviews: {
    typeDefs: `${federation2}
      type Query { latest(first: Int): [Review] }
      type Product @key(fields: "id") { id: ID! reviews(first: Int): [Review] stars: Float best: Review }
      type Maker @key(fields: "id") { id: ID! reviews: [Review] country: String @shareable }
      type Review @key(fields: "id") {
        id: ID! text: String! score: Int! about: Subject author: User @provides(fields: "nick")
      }
      union Subject = Product | Maker
      type User @key(fields: "id") { id: ID! nick: String @external reviews: [Review] }`,
  },
  people: {
    typeDefs: `${federation2}
      type Query { me: User users(ids: [ID!]): [User] }
      type User @key(fields: "id") { id: ID! nick: String @shareable name: String! friends: [User!] favourite: Product }
      type Product @key(fields: "id", resolvable: false) { id: ID! }`,
  },
  prices: {
    typeDefs: `${federation2}
      type Product @key(fields: "id") {
        id: ID! stars: Float @external
        price(currency: String): Int @requires(fields: "stars")
      }
      type Bundle @key(fields: "id") { id: ID! available: Int @external discount: Int @requires(fields: "available") }`,
  },
}

/** Media behind an interface with a key: interface objects, overrides, what is not accessible. */
export const media: Readonly<Record<string, Part>> = {
  library: {
    typeDefs: `${federation2}
      type Query { media(first: Int): [Media] book(id: ID!): Book shelf: Shelf secret: Int @inaccessible }
      interface Media @key(fields: "id") { id: ID! title: String }
      type Book implements Media @key(fields: "id") { id: ID! title: String pages: Int author: Author }
      type Film implements Media @key(fields: "id") { id: ID! title: String minutes: Int cast: [Author] }
      type Song implements Media @key(fields: "id") { id: ID! title: String @override(from: "ratings") bars: Int }
      type Author @key(fields: "id") { id: ID! name: String wrote: [Media] }
      type Shelf { name: String all: [[Media!]] top: Media }`,
  },
  ratings: {
    typeDefs: `${federation2}
      type Query { rated: [Media] }
      type Media @interfaceObject @key(fields: "id") { id: ID! rating(scale: Int): Float comments: [Comment!] related: [Media] }
      type Comment { text: String on: Media by: Author }
      type Author @key(fields: "id") { id: ID! name: String @external praise: String @requires(fields: "name") }`,
  },
  signatures: {
    typeDefs: `${federation2}
      type Query { signed: [Book] }
      type Book @key(fields: "id") { id: ID! signed: Boolean pages: Int @external heft: Int @requires(fields: "pages") }`,
  },
  loans: {
    typeDefs: `${federation2}
      type Query { loans: [Loan] }
      type Loan @key(fields: "id") { id: ID! due: String of: Media fine: Int }
      type Media @interfaceObject @key(fields: "id") { id: ID! loans: [Loan] lent: Boolean }`,
  },
}
