import type { Data } from '../../json.ts'
import type { World } from '../one-server.ts'

const home = (id: string): Data => ({
  __typename: 'Home',
  id,
  city: `City ${id}`,
  rooms: id.length,
})
const [hill, lake] = [home('hill'), home('la')] as [Data, Data]
const user: Data = {
  __typename: 'User',
  id: 'u',
  name: 'Ann',
  tags: ['x'],
  home: hill,
  homes: [hill],
  level: 3,
  likes: [] as unknown[],
}
const admin: Data = {
  __typename: 'Admin',
  id: 'a',
  name: null,
  tags: null,
  home: null,
  homes: [lake, null],
  level: null,
  likes: null,
}
const robot: Data = {
  __typename: 'Robot',
  id: 'r',
  name: 'R',
  tags: [null],
  home: lake,
  homes: null,
  level: 0,
  likes: [user],
}
user.likes = [admin, robot, null]
const all = [user, admin, robot]

/** What clients see as one type is another in each subgraph, so fields of one name cannot stand beside each other there. */
const nullability: World = {
  name: 'fields that may be null in one subgraph, may not in another, and differ between members of a union',
  parts: {
    one: `type Query { all: [Account] named: [Named!] user: User } union Account = User | Admin | Robot interface Named { id: ID! name: String home: Home }
      type User implements Named @key(fields: "id") { id: ID! name: String! @shareable tags: [String!]! @shareable home: Home! @shareable homes: [Home!]! @shareable }
      type Admin implements Named @key(fields: "id") { id: ID! name: String @shareable tags: [String] @shareable home: Home @shareable homes: [Home] @shareable }
      type Robot implements Named @key(fields: "id") { id: ID! name: String! @shareable tags: [String]! @shareable home: Home @shareable homes: [Home!] @shareable }
      type Home @key(fields: "id") { id: ID! city: String }`,
    two: `union Account = User | Admin | Robot
      type User @key(fields: "id") { id: ID! name: String @shareable tags: [String] @shareable home: Home @shareable homes: [Home] @shareable level: Int! likes: [Account]! }
      type Admin @key(fields: "id") { id: ID! name: String @shareable level: Int likes: [Account] }
      type Robot @key(fields: "id") { id: ID! name: String @shareable tags: [String] @shareable homes: [Home] @shareable home: Home @shareable level: Int! likes: [Account!] }
      type Home @key(fields: "id") { id: ID! rooms: Int }`,
  },
  roots: { Query: { all: [...all, null], named: all, user } },
  entities: [...all, hill, lake],
  queries: [
    '{ all { ... on User { name } ... on Admin { name } ... on Robot { name } } }',
    '{ all { ... on User { tags home { city } } ... on Admin { tags home { city } } ... on Robot { tags home { city } } } }',
    '{ all { ... on User { home { rooms } homes { rooms city } } ... on Admin { home { rooms } homes { rooms city } } ... on Robot { home { rooms } homes { rooms city } } } }',
    '{ named { name home { rooms } ... on User { homes { rooms } } ... on Admin { homes { city } } } }',
    '{ user { likes { ... on User { level: name } ... on Robot { level: name tags } ... on Admin { tags level: name homes { rooms } } } } }',
    '{ all { __typename ... on Named { n: name h: home { r: rooms } } ... on User { h: home { r: rooms c: city } } ... on Admin { h: home { c: city } } } }',
    '{ all { ...U ...A } } fragment U on User { x: homes { id rooms } y: name } fragment A on Admin { x: homes { id rooms } y: name }',
  ],
}

const post = (id: string, own: Data): Data => ({ id, at: `at ${id}`, likes: 1, ...own })
const image = post('i', { __typename: 'Image', url: 'u', size: { w: 1, h: 2 } })
const text = post('t', { __typename: 'Text', body: 'b', size: null })
const advert = post('ad', { __typename: 'Advert', size: { w: 3, h: null }, likes: null })
image.next = text
text.next = advert
advert.next = null

/** A node is whatever its id says, and every subgraph is asked for any. */
const nodes: World = {
  name: 'a root that every subgraph has, of an interface whose types each knows some fields of',
  parts: {
    images: `type Query { node(id: ID!): Node @shareable feed: [Post] } interface Node { id: ID! } interface Post implements Node { id: ID! at: String }
      type Image implements Node & Post @key(fields: "id") { id: ID! at: String url: String size: Size @shareable } type Text implements Node & Post @key(fields: "id") { id: ID! at: String }
      type Advert implements Node @key(fields: "id", resolvable: false) { id: ID! } type Size @shareable { w: Int }`,
    texts: `type Query { node(id: ID!): Node @shareable } interface Node { id: ID! } type Text implements Node @key(fields: "id") { id: ID! body: String next: Node size: Size }
      type Image implements Node @key(fields: "id") { id: ID! next: Node } type Advert implements Node @key(fields: "id") { id: ID! next: Node size: Size } type Size @shareable { h: Int w: Int }`,
    likes: `interface Liked { likes: Int } type Image implements Liked @key(fields: "id") { id: ID! likes: Int size: Size @shareable } type Text implements Liked @key(fields: "id") { id: ID! likes: Int } type Advert implements Liked @key(fields: "id") { id: ID! likes: Int } type Size @shareable { h: Int }`,
  },
  roots: {
    Query: {
      node: ({ id }: Data) => [image, text, advert].find((each) => each.id === id),
      feed: [image, null, text],
    },
  },
  entities: [image, text, advert],
  queries: [
    '{ node(id: "i") { id __typename ... on Image { url likes } ... on Text { body } } }',
    '{ a: node(id: "t") { ... on Text { at body next { id ... on Advert { likes size { h } } } } } b: node(id: "ad") { ... on Liked { likes } } c: node(id: "x") { id } }',
    '{ feed { at ... on Image { size { w h } likes next { ... on Text { likes } } } ... on Text { size { h } } ... on Liked { l: likes } } }',
    '{ feed { ... on Node { ... on Liked { likes } } __typename } node(id: "i") { ... on Post { at } } }',
    '{ feed { ... on Image { next { ... on Image { next { id } } ... on Text { next { ... on Advert { next { id } size { w } } } } } } } }',
  ],
}

export const mismatches = [nullability, nodes]
