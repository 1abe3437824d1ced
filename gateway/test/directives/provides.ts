import type { Data } from '../../json.ts'
import type { World } from '../one-server.ts'

const city = { name: 'Ulm', country: { iso: 'DE', area: 0 } }
const ann: Data = { __typename: 'User', id: 'u1', name: 'Ann', nick: null, city }
const ben: Data = { __typename: 'User', id: 'u2', name: 'Ben', nick: 'b', city: null }
const reviews = [
  { __typename: 'Review', id: 'r1', text: 'good', by: ann, also: [ann, null, ben] },
  { __typename: 'Review', id: 'r2', text: '', by: ben, also: [] },
]

const nested: World = {
  name: '@provides of fields, of nested ones and through lists',
  parts: {
    reviews: `type Query { best: Review @provides(fields: "by { name }") all: [[Review]] }
      type Review @key(fields: "id") { id: ID! text: String
        by: User @provides(fields: "name city { country { iso } }") also: [User] @provides(fields: "nick") }
      type User @key(fields: "id") { id: ID! name: String @external nick: String @external city: City @external }
      type City { country: Country @external } type Country { iso: String @external }`,
    users: `type Query { user: User } type User @key(fields: "id") { id: ID! name: String @shareable nick: String @shareable city: City @shareable again: [Review] }
      type City @shareable { name: String country: Country } type Country @shareable { iso: String area: Int }
      type Review @key(fields: "id", resolvable: false) { id: ID! }`,
  },
  roots: { Query: { best: reviews[0], all: [reviews, [null]], user: ben } },
  entities: [ann, ben, ...reviews],
  queries: [
    '{ best { by { name city { country { iso } } } } }',
    '{ all { by { nick city { name country { area iso } } } also { nick name } } user { nick name } }',
    '{ best { also { n: nick name: id city { n: name } } by { name: nick nick: name } } }',
    '{ all { ...R by { ...U } } } fragment R on Review { also { ...U } } fragment U on User { name city { country { iso } } }',
  ],
}
ann.again = reviews
ben.again = null

const book: Data = { __typename: 'Book', id: 'b1', title: 'B', pages: 3, by: { name: 'Bo' } }
const film: Data = { __typename: 'Film', id: 'f1', title: 'F', minutes: 0 }

const abstract: World = {
  name: '@provides on interfaces and unions',
  parts: {
    home: `type Query { any: [Any] @provides(fields: "... on Book { title } ... on Film { minutes }") media: [Media] @provides(fields: "... on Book { title by { name } } ... on Film { title }") plain: [Any] }
      union Any = Book | Film interface Media { id: ID! title: String }
      type Book implements Media @key(fields: "id") { id: ID! title: String @external by: Person @external } type Person { name: String @external }
      type Film implements Media @key(fields: "id") { id: ID! title: String @external minutes: Int @external }`,
    books: `type Book @key(fields: "id") { id: ID! title: String @shareable pages: Int by: Person @shareable } type Person @shareable { name: String }`,
    films: `type Film @key(fields: "id") { id: ID! title: String @shareable minutes: Int @shareable }`,
  },
  roots: { Query: { any: [book, film, null], media: [film, book], plain: [book, null, film] } },
  entities: [book, film],
  queries: [
    '{ any { __typename ... on Book { title } ... on Film { minutes } } }',
    '{ any { ... on Book { title pages by { name } } ... on Film { title minutes } } plain { ... on Media { title } __typename } }',
    '{ media { title __typename ... on Book { by { name } pages } } }',
    '{ media { t: title ... on Film { title: minutes } } any { ... on Media { id title } } }',
    '{ plain { ... on Book { t: title } ... on Film { t: title m: minutes } } }',
  ],
}

export const provides = [nested, abstract]
