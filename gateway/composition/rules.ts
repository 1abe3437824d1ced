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
    ...unsaidAges(placed),
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

/**
 * A type that is kept lends its age to its fields, and knows nothing of those that another subgraph
 * adds: one that depends on who asks would be shared. So each of those says its own.
 */
function unsaidAges(placed: readonly Placed[]): Fault[] {
  const kept = new Set(placed.filter(({ type }) => has(type, 'cacheControl')).map(nameOf))
  return placed
    .filter((each) => kept.has(nameOf(each)) && !has(each.type, 'cacheControl'))
    .filter(({ type }) => !has(type, 'shareable'))
    .flatMap((each) => (each.type.fields ?? []).map((field) => ({ each, field })))
    .filter(({ each, field }) => isOpen(each.type, field) && field.name.value !== 'id')
    .filter(({ field }) => !has(field, 'cacheControl') && !has(field, 'external'))
    .map(({ each, field }) => ({
      where: whereOf(each, field),
      what: 'is added to a type that is kept, and does not say for how long',
      remedy: 'Write @cacheControl(maxAge: 0) on it, or more where it is the same for everybody.',
    }))
}

/** What only some may have is never shared. */
const isOpen = (type: Objects, field: FieldDefinitionNode) =>
  guards.every((name) => !has(field, name) && !has(type, name))

const guards = ['authenticated', 'requiresScopes', 'policy']

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
