import type { Data } from '../../json.ts'
import type { World } from '../one-server.ts'

const parcel = (id: string, own: Data): Data => ({
  __typename: 'Parcel',
  id,
  weight: 0,
  status: 'SENT',
  zone: 'Z',
  owner: { __typename: 'Owner', id: `o${id}`, name: 'O', code: 1 },
  cost: (_: Data, self: Data) => `${self.weight} to pay`,
  ...own,
})
const parcels = [parcel('1', {}), parcel('2', { weight: null, status: null, owner: null })]

/** Fields that went to another subgraph, with keys, requirements and interfaces around them. */
const overridden: World = {
  name: '@override of what keys lead to and what others require, by label and by share',
  parts: {
    old: `type Query { parcels: [Parcel] tracked: [Tracked] }
      interface Tracked { id: ID! status: Status } enum Status { SENT LOST }
      type Parcel implements Tracked @key(fields: "id") { id: ID! weight: Int status: Status zone: String owner: Owner @shareable }
      type Owner @key(fields: "id") { id: ID! name: String }`,
    new: `type Query { latest: Parcel } enum Status { SENT LOST }
      type Parcel @key(fields: "id") { id: ID! weight: Int @override(from: "old") status: Status @override(from: "old", label: "percent(100)") zone: String @override(from: "old", label: "percent(0)") }
      type Owner @key(fields: "id") { id: ID! name: String @override(from: "old") code: Int }`,
    costs: `type Parcel @key(fields: "id") { id: ID! weight: Int @external cost: String @requires(fields: "weight") owner: Owner @shareable }
      type Owner @key(fields: "id", resolvable: false) { id: ID! }`,
  },
  roots: { Query: { parcels: [...parcels, null], tracked: parcels, latest: parcels[0] } },
  entities: [...parcels, ...parcels.flatMap((each) => (each.owner ? [each.owner as Data] : []))],
  queries: [
    '{ parcels { weight status zone } }',
    '{ parcels { cost owner { name code } } latest { zone weight cost } }',
    '{ tracked { status __typename ... on Parcel { cost zone owner { name } } } }',
    '{ latest { status: zone zone: status weight: cost } }',
  ],
}

const open = { __typename: 'Open', n: 1, both: 'b' }
const hidden = { __typename: 'Hidden', n: 2, both: 'h' }
const things = ['x', 'y'].map(
  (id): Data => ({
    __typename: 'Thing',
    id,
    key2: `k${id}`,
    name: id,
    more: id.length,
    level: id === 'x' ? 'UP' : 'GONE',
    inner: { a: 1, b: 2 },
    sum: (_: Data, self: Data) =>
      Object.values(self.inner as Data)
        .map(Number)
        .reduce((a, b) => a + b),
  }),
)

/** What clients may not see, though the router needs it on its way. */
const inaccessible: World = {
  name: '@inaccessible keys, fields, members, values, arguments and inputs',
  parts: {
    one: `type Query { things(first: Int, hidden: Int @inaccessible): [Thing] any: [Any] both: [Both!] secret: Thing @inaccessible }
      type Thing @key(fields: "id") @key(fields: "key2") { id: ID! key2: ID! @inaccessible name(in: In): String level: Level inner: Inner @inaccessible } type Inner { a: Int b: Int }
      union Any = Open | Hidden interface Both { both: String } type Open implements Both { n: Int both: String } type Hidden implements Both @inaccessible { n: Int both: String }
      enum Level { UP GONE @inaccessible } input In { a: Int b: Int @inaccessible }`,
    two: `type Thing @key(fields: "key2") { key2: ID! @inaccessible more: Int sum: Int @requires(fields: "inner { a b }") inner: Inner @external } type Inner { a: Int @external b: Int @external }`,
  },
  roots: { Query: { things, any: [open, hidden, null], both: [open], secret: things[0] } },
  entities: things,
  queries: [
    '{ things { id more name sum } }',
    '{ things(first: 1) { more level n: name(in: { a: 1 }) } }',
    '{ any { __typename ... on Open { n } } both { both __typename } }',
    '{ any { ... on Both { both } } both { ... on Open { n } } }',
  ],
}

const done = (id: string): Data => ({
  __typename: 'Done',
  id,
  n: Number(id),
  by: { name: 'B', seen: null },
  left: 0,
})
const dones = ['0', '1', '2'].map(done)

const mutations: World = {
  name: 'mutations of two subgraphs, each with what a third adds',
  parts: {
    one: `type Query { done: Done } type Mutation { first(n: Int!): Done both: [Done!]! @shareable } type Done @key(fields: "id") { id: ID! n: Int by: By @shareable } type By @shareable { name: String }`,
    two: `type Mutation { second(id: ID = "2"): Done both: [Done!]! @shareable fails: Int } type Done @key(fields: "id") { id: ID! by: By @shareable } type By @shareable { seen: Int name: String }`,
    three: `type Done @key(fields: "id") { id: ID! left: Int! }`,
  },
  roots: {
    Query: { done: dones[0] },
    Mutation: {
      first: ({ n }: Data) => dones[Number(n)],
      second: ({ id }: Data) => dones[Number(id)],
      both: dones,
    },
  },
  entities: dones,
  queries: [
    'mutation { first(n: 1) { left n } second { left by { name seen } } again: first(n: 0) { id: left } }',
    'mutation { both { left n by { name } } fails second(id: "9") { left } }',
    [
      'mutation M($n: Int!, $id: ID, $q: Boolean!) { ...X second(id: $id) @skip(if: $q) { id left } } fragment X on Mutation { first(n: $n) { by { seen } left @include(if: $q) } }',
      { n: 2, id: '1', q: false },
    ],
    '{ done { left by { name seen } } }',
  ],
}

export const moved = [overridden, inaccessible, mutations]
