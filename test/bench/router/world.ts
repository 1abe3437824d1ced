import { graphOf, type Part } from '@shop/gateway/test/graph'

const federation =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key" "@external" "@requires" "@shareable" "@provides"])'

const users = Array.from({ length: 6 }, (_, at) => ({
  id: `u${at}`,
  name: `Name Number ${at}`,
  username: `user-number-${at}`,
}))
const products = Array.from({ length: 9 }, (_, at) => ({
  upc: `p${at}`,
  name: `A product called ${at}`,
  price: 100 + at * 7,
  weight: 50 + at * 11,
}))
const reviews = Array.from({ length: 24 }, (_, at) => ({
  id: `r${at}`,
  body: `What ${at} says of it is neither long nor short, as reviews are.`,
  author: users[at % users.length] as (typeof users)[number],
  product: products[(at * 5) % products.length] as (typeof products)[number],
}))

type Entity = Record<string, unknown>
const byId = (given: Entity) => users.find(({ id }) => id === given.id)
const byUpc = (given: Entity) => ({ ...products.find(({ upc }) => upc === given.upc), ...given })

/** The public benchmark of federation gateways in shape: four subgraphs, and an answer of about 90 KB. */
export const parts: Readonly<Record<string, Part>> = {
  accounts: {
    typeDefs: `${federation}
      type Query { me: User users: [User] }
      type User @key(fields: "id") { id: ID! name: String username: String @shareable }`,
    resolvers: { Query: { users: () => users }, User: { __resolveReference: byId } },
  },
  inventory: {
    typeDefs: `${federation}
      type Product @key(fields: "upc") {
        upc: String! weight: Int @external price: Int @external inStock: Boolean
        shippingEstimate: Int @requires(fields: "price weight")
      }`,
    resolvers: {
      Product: {
        __resolveReference: (given: Entity) => given,
        inStock: ({ upc }: Entity) => Number(String(upc).slice(1)) % 3 > 0,
        shippingEstimate: ({ price, weight }: Entity) =>
          (Number(price) > 130 ? 0 : Number(weight) / 2) | 0,
      },
    },
  },
  products: {
    typeDefs: `${federation}
      type Query { topProducts(first: Int = 5): [Product] }
      type Product @key(fields: "upc") { upc: String! name: String price: Int weight: Int }`,
    resolvers: {
      Query: { topProducts: (_: unknown, { first }: Entity) => products.slice(0, Number(first)) },
      Product: { __resolveReference: byUpc },
    },
  },
  reviews: {
    typeDefs: `${federation}
      type Review @key(fields: "id") { id: ID! body: String author: User @provides(fields: "username") product: Product }
      type User @key(fields: "id") { id: ID! username: String @external reviews: [Review] }
      type Product @key(fields: "upc") { upc: String! reviews: [Review] }`,
    resolvers: {
      User: {
        __resolveReference: (given: Entity) => given,
        reviews: ({ id }: Entity) => reviews.filter(({ author }) => author.id === id),
      },
      Product: {
        __resolveReference: (given: Entity) => given,
        reviews: ({ upc }: Entity) => reviews.filter(({ product }) => product.upc === upc),
      },
    },
  },
}

export const names = Object.keys(parts)

export const graph = () => graphOf(parts)

export const query = `
  fragment User on User { id username name }
  fragment Review on Review { id body }
  fragment Product on Product { inStock name price shippingEstimate upc weight }
  query Bench {
    users {
      ...User
      reviews { ...Review product { ...Product reviews { ...Review author { ...User reviews { ...Review product { ...Product } } } } } }
    }
    topProducts {
      ...Product
      reviews { ...Review author { ...User reviews { ...Review product { ...Product } } } }
    }
  }`
