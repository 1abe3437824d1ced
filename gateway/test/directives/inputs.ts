import type { Data } from '../../json.ts'
import type { World } from '../one-server.ts'

/** In which order a subgraph has the fields of an input is its own. */
const said = (given: unknown): string =>
  JSON.stringify(given, (_, value) =>
    value && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )
const items = ['a', 'b'].map(
  (id): Data => ({
    __typename: 'Item',
    id,
    tag: 'T',
    echo: (given: Data) => `${id} ${said(given)}`,
    level: id === 'a' ? 'LOW' : 'TOP',
    secret: 'HIDDEN',
    count: null,
    made: '2026-01-01',
    blob: { x: [1, { y: null }] },
  }),
)

const inputs: World = {
  name: 'enums, inputs, defaults and scalars that subgraphs know different parts of',
  parts: {
    one: `type Query { items(filter: Filter, levels: [Level!] = [LOW]): [Item] item(by: By!): Item } scalar Date scalar Json
      input Filter { text: String = "t" range: Range levels: [[Level]] } input Range { least: Int = 1 most: Int! } input By { id: ID! at: Date }
      enum Level { LOW TOP MID @inaccessible } type Item @key(fields: "id") { id: ID! level: Level @shareable made: Date blob: Json secret: Level @inaccessible }`,
    two: `enum Level { LOW TOP MID @inaccessible } scalar Date input Filter { text: String = "t" range: Range own: Int }
      input Range { most: Int! least: Int = 1 }
      type Item @key(fields: "id") { id: ID! echo(filter: Filter, list: [Int!], date: Date, on: Boolean = true): String! level: Level @shareable count: Int }`,
  },
  roots: {
    Query: {
      items: ({ levels }: Data) =>
        items.filter((each) => (levels as string[]).includes(String(each.level))),
      item: ({ by }: Data) => items.find((each) => each.id === (by as Data).id),
    },
  },
  entities: items,
  queries: [
    '{ items { id echo } }',
    '{ items(levels: [TOP, LOW], filter: { range: { most: 3 } }) { echo(filter: { text: null, range: { most: 1, least: null } }, list: [], on: false) level made blob } }',
    [
      'query ($f: Filter, $l: [Level!], $n: [Int!]) { items(filter: $f, levels: $l) { level echo(filter: $f, list: $n) } }',
      { f: { range: { most: 2 } }, l: ['TOP'], n: [0, -1] },
    ],
    [
      'query ($id: ID!, $d: Date, $x: Boolean = false) { item(by: { id: $id, at: $d }) { a: echo(date: $d, on: $x) b: echo(list: 1) count } }',
      { id: 'b', d: '2026' },
    ],
    [
      'query ($most: Int!, $t: String = "y") { items { echo(filter: { text: $t, range: { most: $most } }) } }',
      { most: 0 },
    ],
    ['query ($on: Boolean) { items { echo(on: $on) e: echo(list: [1, 2], on: true) } }', {}],
    ['query ($on: Boolean) { items { echo(on: $on) } }', { on: null }],
    '{ item(by: { id: "a", at: "x" }) { echo(date: "\\u00e9\\"\\n", filter: { text: """block "quoted" text""" }) } }',
  ],
}

export const inputsAndEnums = [inputs]
