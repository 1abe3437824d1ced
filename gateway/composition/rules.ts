import {
  type ConstDirectiveNode,
  type FieldDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
  type TypeNode,
} from 'graphql'
import type { ListedSubgraph } from './subgraphs.ts'

/** What is wrong, where, and what to do about it. */
export interface Fault {
  readonly where: string
  readonly what: string
  readonly remedy: string
}

type Objects = ObjectTypeDefinitionNode | ObjectTypeExtensionNode

interface Placed {
  readonly subgraph: ListedSubgraph
  readonly type: Objects
}

const policies = new Set(['public', 'authenticated', 'requiresScopes', 'policy'])
const roots = new Set(['Query', 'Mutation', 'Subscription'])

/** The shop's own rules, asked of each schema file before they are merged. */
export function faultsIn(subgraphs: readonly ListedSubgraph[]): Fault[] {
  const placed = subgraphs.flatMap((subgraph) =>
    subgraph.typeDefs.definitions.filter(isObject).map((type) => ({ subgraph, type })),
  )
  const entities = new Set(placed.filter(({ type }) => has(type, 'key')).map(nameOf))
  return [
    ...placed.flatMap(withoutPolicy),
    ...placed.flatMap((each) => sharedEntities(each, entities)),
    ...placed.flatMap(sessionForReading),
    ...ownedTwice(placed),
  ]
}

function isObject(node: { kind: string }): node is Objects {
  return node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.OBJECT_TYPE_EXTENSION
}

const nameOf = ({ type }: Placed) => type.name.value

const has = (node: { directives?: readonly ConstDirectiveNode[] | undefined }, name: string) =>
  (node.directives ?? []).some((directive) => directive.name.value === name)

const whereOf = ({ subgraph, type }: Placed, field?: FieldDefinitionNode) => {
  const line = (field ?? type).loc?.startToken.line ?? 1
  return `${subgraph.file}:${line} ${type.name.value}${field ? `.${field.name.value}` : ''}`
}

/** Deny by default: a field has a policy of its own or of its type, or it is not served. */
function withoutPolicy(placed: Placed): Fault[] {
  const isDecided = (node: { directives?: readonly ConstDirectiveNode[] | undefined }) =>
    (node.directives ?? []).some((directive) => policies.has(directive.name.value))
  if (isDecided(placed.type)) return []
  return (placed.type.fields ?? [])
    .filter((field) => !isDecided(field))
    .map((field) => ({
      where: whereOf(placed, field),
      what: 'has no policy',
      remedy: 'Write @public, @authenticated, @requiresScopes or @policy on it or on its type.',
    }))
}

/** A shared field of an entity's type lets 0.6 KB of fragments hold a planner for minutes. */
function sharedEntities(placed: Placed, entities: ReadonlySet<string>): Fault[] {
  const isShared = (field: FieldDefinitionNode) =>
    has(field, 'shareable') || has(placed.type, 'shareable')
  return (placed.type.fields ?? [])
    .filter((field) => isShared(field) && entities.has(namedIn(field.type)))
    .map((field) => ({
      where: whereOf(placed, field),
      what: `is @shareable and gives the entity ${namedIn(field.type)}`,
      remedy: 'Let one subgraph own the field, and the others reach it by the key.',
    }))
}

/** Who only looks gets no session: a page that is read makes nobody a guest. */
function sessionForReading(placed: Placed): Fault[] {
  if (placed.type.name.value === 'Mutation') return []
  return (placed.type.fields ?? [])
    .filter((field) => has(field, 'needsSession'))
    .map((field) => ({
      where: whereOf(placed, field),
      what: 'has @needsSession and is no mutation',
      remedy: 'Only a mutation gives a guest a shop session: take it away.',
    }))
}

const namedIn = (type: TypeNode): string =>
  type.kind === Kind.NAMED_TYPE ? type.name.value : namedIn(type.type)

/** A type that is no entity and not shared has one owner. */
function ownedTwice(placed: readonly Placed[]): Fault[] {
  const plain = placed.filter(
    ({ type }) => !roots.has(type.name.value) && !has(type, 'key') && !isAllShared(type),
  )
  return [...Map.groupBy(plain, nameOf)]
    .map(([name, owners]) => ({ name, owners: distinct(owners) }))
    .filter(({ owners }) => owners.length > 1)
    .map(({ name, owners }) => ({
      where: owners.map((each) => whereOf(each)).join(' and '),
      what: `both define ${name}`,
      remedy: 'Rename one, give both a @key, or mark what is the same in both @shareable.',
    }))
}

const isAllShared = (type: Objects) =>
  has(type, 'shareable') || (type.fields ?? []).every((field) => has(field, 'shareable'))

const distinct = (owners: readonly Placed[]) => [
  ...new Map(owners.map((each) => [each.subgraph.name, each])).values(),
]
