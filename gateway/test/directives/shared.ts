import type { Data } from '../../json.ts'
import type { World } from '../one-server.ts'

const address = { street: 'S', zip: '1', geo: { lat: 1, lon: -0.5, grid: { code: 'g', zone: 0 } } }
const shops = [
  { __typename: 'Shop', id: 's1', address, tags: [{ k: 'a', v: null, w: 1 }], name: 'One' },
  { __typename: 'Shop', id: 's2', address: { ...address, geo: null }, tags: [], name: null },
]

/** Root fields and value types that several know, each with something of its own in the depth. */
const values: World = {
  name: '@shareable roots and value types, with a part of each in each',
  parts: {
    one: `type Query { shop: Shop @shareable shops: [Shop!] @shareable settings: Settings @shareable one: Int }
      type Shop @key(fields: "id") { id: ID! address: Address @shareable tags: [Tag!]! @shareable }
      type Address @shareable { street: String geo: Geo } type Geo @shareable { lat: Float grid: Grid } type Grid @shareable { code: String! }
      type Tag @shareable { k: String! v: Int } type Settings @shareable { a: String deep: Deep } type Deep @shareable { x: Int below: Deep }`,
    two: `type Query { shop: Shop @shareable settings: Settings @shareable two: [[Settings]] }
      type Shop @key(fields: "id") { id: ID! address: Address @shareable tags: [Tag!]! @shareable name: String }
      type Address @shareable { zip: ID geo: Geo } type Geo @shareable { lon: Float grid: Grid } type Grid @shareable { zone: Int }
      type Tag @shareable { k: String! w: Int } type Settings @shareable { b: Boolean deep: Deep a: String } type Deep @shareable { y: [Int] below: Deep x: Int }`,
  },
  roots: {
    Query: {
      shop: shops[0],
      shops,
      one: 1,
      settings: {
        a: '',
        b: false,
        deep: { x: 0, y: [0, null], below: { x: 2, y: null, below: null } },
      },
      two: [[{ a: 'z', b: true, deep: null }, null], null],
    },
  },
  entities: shops,
  queries: [
    '{ shops { name address { street zip } } }',
    '{ shops { address { geo { lat lon grid { code zone } } } tags { k v w } } }',
    '{ shop { address { geo { grid { zone } } } } settings { a b deep { x y below { x y below { y } } } } }',
    '{ settings { deep { below { y } } } s: settings { b } two { a b deep { y } } one }',
    '{ ...A ...B } fragment A on Query { settings { a } shop { tags { v } } } fragment B on Query { settings { b deep { y } } shop { tags { w } name } }',
    [
      'query ($a: Boolean!) { settings { a @skip(if: $a) b @include(if: $a) } shops { tags { v @include(if: $a) w @skip(if: $a) } } }',
      { a: true },
    ],
  ],
}

const pet = (tag: string): Data => ({ __typename: 'Pet', tag, name: 'P', kind: 'CAT' })
const [alsPet, bosPet] = [pet('a'), pet('b')]
const person = (id: string, own: Data): Data => ({
  __typename: 'Person',
  id,
  first: id.toUpperCase(),
  last: '',
  age: 0,
  ...own,
})
const al = person('al', { pet: alsPet })
const bo = person('bo', { pet: bosPet, friends: [al] })
al.friends = [bo]
alsPet.owner = al
bosPet.owner = bo

/** A field that two know is asked of whoever is asked already. */
const entities: World = {
  name: '@shareable fields of entities, and entities within entities of the same type',
  parts: {
    names: `type Query { people: [Person!]! me: Person } type Person @key(fields: "id") { id: ID! first: String @shareable last: String friends: [Person!]! @shareable }`,
    ages: `type Query { oldest: Person } type Person @key(fields: "id") { id: ID! first: String @shareable age: Int friends: [Person!]! @shareable pet: Pet } type Pet @key(fields: "tag") { tag: ID! }`,
    pets: `type Pet @key(fields: "tag") { tag: ID! name: String kind: Kind owner: Person } enum Kind { CAT DOG } type Person @key(fields: "id", resolvable: false) { id: ID! }`,
  },
  roots: { Query: { people: [al, bo], me: al, oldest: bo } },
  entities: [al, bo, alsPet, bosPet],
  queries: [
    '{ people { first friends { age friends { last friends { age last } } } } }',
    '{ oldest { first last friends { last friends { age } } } me { age first } }',
    '{ me { friends { pet { kind name } friends { pet { name } } } pet { tag } } oldest { id: age } }',
    '{ a: people { x: first y: age } b: people { x: age y: first } }',
  ],
}
export const shared = [values, entities]
