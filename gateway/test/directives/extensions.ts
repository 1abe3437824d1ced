import type { Data } from '../../json.ts'
import type { World } from '../one-server.ts'

const link = (url: string) =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/${url}", import: ["@key", "@external", "@requires", "@provides", "@shareable", "@extends", "@override", "@inaccessible"])\n`

const user = (id: string, own: Data = {}): Data => ({
  __typename: 'User',
  id,
  rid: `r${id}`,
  name: `N ${id}`,
  nick: null,
  mail: `${id}@x.test`,
  greeting: (_: Data, self: Data) => `Hi ${self.name}`,
  card: (_: Data, self: Data) => `${self.mail} ${self.nick}`,
  ...own,
})
const [ann, ben] = [user('1'), user('22', { nick: 'b', name: null })] as [Data, Data]

/** Types that are extended rather than written, in words of both versions. */
const extended: World = {
  name: 'extend, @extends and @external in federation 2, beside a subgraph of federation 1',
  parts: {
    one: `${link('v2.3')} type Query { users: [User] user: User @shareable } type User @key(fields: "id") { id: ID! name: String @shareable nick: String mail: String }`,
    two: `${link('v2.0')} extend type Query { user: User @shareable two: User @provides(fields: "name") } extend type User @key(fields: "id") { id: ID! @external rid: ID name: String @external greeting: String @requires(fields: "name") }`,
    three: `${link('v2.5')} type Query @extends { three: [User!] } type User @extends @key(fields: "id") { id: ID! @external mail: String @external nick: String @external card: String @requires(fields: "mail nick") }`,
    four: `extend type Query { four: User } extend type User @key(fields: "id") { id: ID! @external seen: Int }`,
  },
  roots: { Query: { users: [ann, ben, null], user: ben, two: ann, three: [ben], four: ann } },
  entities: [ann, ben],
  queries: [
    '{ users { rid greeting card seen } }',
    '{ two { name id greeting } three { card rid name } four { card greeting } user { name nick rid } }',
    '{ two { name: nick nick: name card } four { id seen mail } }',
  ],
}

const film = (id: string, own: Data): Data => ({
  __typename: 'Film',
  id,
  title: `T ${id}`,
  year: 1990,
  stars: id.length,
  blurb: (_: Data, self: Data) => `${self.id} (${self.year})`,
  ...own,
})
const films = [film('f', {}), film('gg', { title: null, year: null })]

/** Fields that moved, while others require or provide them, and from where nobody is. */
const movedAway: World = {
  name: '@override of what is required and provided elsewhere, and from a subgraph that is not there',
  parts: {
    old: `type Query { films: [Film] first: Film @shareable } type Film @key(fields: "id") { id: ID! title: String year: Int @shareable }`,
    new: `type Query { latest: Film } type Film @key(fields: "id") { id: ID! title: String @override(from: "old") stars: Int @override(from: "nobody") year: Int @external blurb: String @requires(fields: "year") }`,
    lists: `type Query { first: Film @shareable @override(from: "old") listed: [[Film]] @provides(fields: "year") } type Film @key(fields: "id") { id: ID! year: Int @external }`,
  },
  roots: {
    Query: { films, latest: films[0], first: films[1], listed: [[films[0], null], [films[1]]] },
  },
  entities: films,
  queries: [
    '{ films { title year stars blurb } }',
    '{ listed { year title blurb } first { year title } latest { blurb stars } }',
    '{ first { title: blurb blurb: title } listed { y: year year: stars } }',
  ],
}

const zoo = ['Dog', 'Cat', 'Fish'].map(
  (type, n): Data => ({
    __typename: type,
    id: `${n}`,
    name: type,
    age: n,
    fins: 2,
    keeper: { __typename: 'Keeper', id: `k${n}`, name: `K${n}`, pay: n },
  }),
)
const keepers = zoo.map((each) => each.keeper as Data)
const cages: Data[] = [
  {
    __typename: 'Cage',
    id: 'c',
    animals: [zoo[0], null, zoo[1]],
    star: zoo[1],
    rows: [[zoo[2]], []],
  },
  { __typename: 'Cage', id: 'd', animals: [], star: null, rows: null },
]

/** What is provided depends on which member it is, in lists and below. */
const providedMembers: World = {
  name: '@provides of members of unions and interfaces, through lists and entities',
  parts: {
    zoo: `type Query { cages: [Cage] @provides(fields: "animals { ... on Dog { name age } ... on Cat { name } }") tour: [Cage!] star: Animal @provides(fields: "... on Cat { keeper { name } }") } union Animal = Dog | Cat | Fish
      type Cage @key(fields: "id") { id: ID! animals: [Animal] @shareable star: Animal @provides(fields: "... on Cat { keeper { name } }") rows: [[Animal!]] @provides(fields: "... on Fish { fins }") @shareable }
      type Dog @key(fields: "id") { id: ID! name: String @external age: Int @external } type Cat @key(fields: "id") { id: ID! name: String @external keeper: Keeper @external } type Fish @key(fields: "id") { id: ID! fins: Int @external } type Keeper @key(fields: "id") { id: ID! name: String @external }`,
    animals: `union Animal = Dog | Cat | Fish interface Pet { name: String age: Int } type Cage @key(fields: "id") { id: ID! animals: [Animal] @shareable rows: [[Animal!]] @shareable } type Dog implements Pet @key(fields: "id") { id: ID! name: String @shareable age: Int @shareable keeper: Keeper } type Cat implements Pet @key(fields: "id") { id: ID! name: String @shareable age: Int keeper: Keeper @shareable } type Fish @key(fields: "id") { id: ID! name: String fins: Int @shareable } type Keeper @key(fields: "id") { id: ID! }`,
    keepers: `type Keeper @key(fields: "id") { id: ID! name: String @shareable pay: Int }`,
  },
  roots: { Query: { cages, tour: cages, star: zoo[1] } },
  entities: [...zoo, ...keepers, ...cages],
  queries: [
    '{ cages { animals { __typename ... on Dog { name age } ... on Cat { name } } } }',
    '{ cages { animals { ... on Dog { name keeper { name pay } } ... on Cat { age keeper { name } } ... on Pet { name } } star { ... on Cat { keeper { name } } } } }',
    '{ tour { animals { ... on Pet { name age } } star { ... on Cat { name keeper { pay name } } ... on Fish { fins } } rows { ... on Fish { fins name } } } }',
    '{ star { ... on Cat { k: keeper { n: name } keeper { name: pay } } } tour { rows { __typename ... on Fish { fins } ... on Dog { age } } } }',
  ],
}

export const extensions = [extended, movedAway, providedMembers]
