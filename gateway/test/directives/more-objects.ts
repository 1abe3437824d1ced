import type { Data } from '../../json.ts'
import type { World } from '../one-server.ts'

const node = (type: string, id: string, own: Data): Data => ({
  __typename: type,
  id,
  code: { part: `c${id}`, no: id.length },
  name: `Name ${id}`,
  rank: id.length,
  note: `note ${id}`,
  score: null,
  mark: (_: Data, self: Data) => `${self.name}!`,
  ...own,
})
const cup = node('Cup', 'a', { volume: 1 })
const pot = node('Pot', 'bb', { lid: true, score: 4 })
const wares = [cup, pot]
const ref = (id: string, of: Data | null): Data => ({ __typename: 'Ref', id, of, many: [of, null] })
const refs = [ref('1', cup), ref('2', pot), ref('3', null)]

/**
 * Keys of every kind on the interface, and each subgraph has another of them. Hive's planner finds no
 * way on from a key that is not to be resolved, and Apollo's too many where several roots are asked.
 */
const everyKey: World = {
  name: '@interfaceObject by nested, several and other keys, one of them not to be resolved',
  drawnFor: [],
  parts: {
    wares: `type Query { wares: [Ware] cup: Cup any: [Any!] } union Any = Cup | Pot | Plain interface Ware @key(fields: "id") @key(fields: "code { part no }") { id: ID! code: Code! name: String }
      type Cup implements Ware @key(fields: "id") @key(fields: "code { part no }") { id: ID! code: Code! name: String volume: Int } type Pot implements Ware @key(fields: "id") @key(fields: "code { part no }") { id: ID! code: Code! name: String lid: Boolean }
      type Code @shareable { part: String no: Int } type Plain { n: Int }`,
    ranks: `type Query { ranked: [[Ware!]] } type Ware @interfaceObject @key(fields: "code { part no }") { code: Code! rank: Int } type Code @shareable { part: String no: Int }`,
    notes: `type Query { noted: Ware } type Ware @interfaceObject @key(fields: "id") { id: ID! note: String! score: Int @shareable name: String @external mark: String @requires(fields: "name") }`,
    scores: `type Ware @interfaceObject @key(fields: "id") { id: ID! score: Int @shareable }`,
    refs: `type Query { refs: [Ref] } type Ref @key(fields: "id") { id: ID! of: Ware many: [Ware] } type Ware @interfaceObject @key(fields: "id", resolvable: false) { id: ID! }`,
  },
  roots: {
    Query: {
      wares,
      cup,
      any: [pot, { __typename: 'Plain', n: 1 }, cup],
      ranked: [[pot], null, [cup, pot]],
      noted: pot,
      refs,
    },
  },
  entities: [...wares, ...refs],
  queries: [
    '{ wares { rank note score mark } }',
    '{ ranked { __typename name note rank ... on Pot { lid } } }',
    '{ refs { of { __typename id name rank } many { note ... on Cup { volume mark } } } }',
    '{ cup { rank score mark name } noted { rank ... on Pot { lid } __typename } any { ... on Cup { note rank } ... on Ware { score } ... on Plain { n } } }',
    '{ ranked { ... on Cup { volume } ... on Pot { mark } id } refs { of { ... on Pot { rank } } } }',
    '{ noted { id note } ranked { rank } refs { of { id } many { __typename } } }',
  ],
}

const page = (type: string, id: string, own: Data): Data => ({
  __typename: type,
  id,
  url: `/${id}`,
  views: id.length,
  links: [] as unknown[],
  ...own,
})
const home = page('Home', 'h', { hero: 'x' })
const shop = page('Shop', 'sss', { items: 3, views: null })
home.links = [shop, home]
shop.links = null
const owner: Data = { __typename: 'Owner', id: 'o', page: shop, pages: [[home, null], [shop]] }

/** Two subgraphs have the interface itself, with types that the other does not know. */
const wholeInterfaces: World = {
  name: 'an interface with a key in two subgraphs, as an object in a third, held by entities of a fourth',
  parts: {
    pages: `type Query { pages: [Page] } interface Page @key(fields: "id") { id: ID! url: String } type Home implements Page @key(fields: "id") { id: ID! url: String hero: String } type Shop implements Page @key(fields: "id") { id: ID! url: String items: Int }`,
    links: `interface Page @key(fields: "id") { id: ID! links: [Page] } type Home implements Page @key(fields: "id") { id: ID! links: [Page] } type Shop implements Page @key(fields: "id") { id: ID! links: [Page] }`,
    views: `type Query { top: Page } type Mutation { view(id: ID!): Page } type Page @interfaceObject @key(fields: "id") { id: ID! views: Int }`,
    owners: `type Query { owner: Owner } type Owner @key(fields: "id") { id: ID! page: Page pages: [[Page]] } type Page @interfaceObject @key(fields: "id") { id: ID! }`,
  },
  roots: {
    Query: { pages: [home, shop], top: home, owner },
    Mutation: { view: ({ id }: Data) => [home, shop].find((each) => each.id === id) },
  },
  entities: [home, shop, owner],
  queries: [
    '{ pages { views links { url views links { id } } } }',
    '{ owner { page { __typename url views } pages { ... on Home { hero views } ... on Shop { items links { id } } } } }',
    '{ top { url links { __typename ... on Shop { items views } } } }',
    'mutation { a: view(id: "h") { __typename views links { url } } b: view(id: "x") { id } c: view(id: "sss") { ... on Shop { items } views } }',
  ],
}

export const moreObjects = [everyKey, wholeInterfaces]
