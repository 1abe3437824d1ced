import {
  type ConstDirectiveNode,
  execute,
  type FieldNode,
  type GraphQLFieldResolver,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  Kind,
  parse,
  type SelectionSetNode,
  validate,
} from 'graphql'
import type { Data } from '../json.ts'
import type { EngineName } from '../plan/engine.ts'
import { clientSchemaOf } from '../supergraph/client-schema.ts'
import { type Answer, federation2, type Graph, graphOf, type Part } from './graph.ts'

/** Subgraphs that know the same shop, each its part of it. */
export interface World {
  readonly name: string
  /** Schemas of subgraphs; one that links nothing is given federation 2. */
  readonly parts: Readonly<Record<string, string>>
  readonly isFederation1?: boolean
  /** What root fields give, by the name of the root type. A function is given the arguments. */
  readonly roots: Readonly<Record<string, Data>>
  /** What has a key. A function is given the arguments and its object: in a subgraph, what was sent of it. */
  readonly entities?: readonly Data[]
  /** For some operations nobody finds a plan: what is drawn may be refused, and is never answered wrongly. */
  readonly mayRefuse?: boolean
  /** Whose planner finds a way in good time for operations that are not written here; both, where nothing is said. */
  readonly drawnFor?: readonly EngineName[]
  /** Whose planner gets it right; both, where nothing is said. */
  readonly engines?: readonly EngineName[]
  readonly queries: readonly (string | readonly [query: string, variables: Data])[]
}

const sent = Symbol('What the router sent of an entity.')

export function graphOfWorld(world: World): Graph {
  const implementing = implementersIn(world.parts)
  const parts = Object.entries(world.parts).map(([name, given]) => {
    const isWhole = world.isFederation1 || given.includes('@link(')
    const typeDefs = isWhole ? given : `${federation2}${given}`
    return [name, { typeDefs, resolvers: referencesOf(typeDefs, { world, implementing }) }] as const
  })
  return graphOf(Object.fromEntries<Part>(parts), resolverIn(world))
}

/** One server that has the schema clients see, and knows everything. */
export function oneServer({ supergraph }: Graph, world: World) {
  const schema = clientSchemaOf(supergraph)
  const faultsOf = (query: string) => validate(schema, parse(query))
  return {
    admits: ({ query }: { query: string }) => faultsOf(query).length === 0,

    async answer(query: string, variables: Data): Promise<Answer> {
      const [fault] = faultsOf(query)
      if (fault) throw fault
      const answer = await execute({
        schema,
        document: parse(query),
        variableValues: variables,
        // biome-ignore lint/complexity/useMaxParams: what graphql-js calls it with.
        fieldResolver: (source, given, _, { fieldName, parentType }) =>
          fieldOf(source ?? world.roots[parentType.name], fieldName, given),
      })
      return JSON.parse(JSON.stringify(answer))
    },
  }
}

/** What subgraphs were asked that their own schemas do not allow. */
export function invalidIn({ asked, schemas }: Graph): string[] {
  const documents = new Set(asked.map(({ service, document }) => `${service} ${document}`))
  return [...documents].flatMap((text) => {
    const at = text.indexOf(' ')
    const errors = validate(schemas.get(text.slice(0, at)) as GraphQLSchema, parse(text.slice(at)))
    return errors.map(({ message }) => `${text}: ${message}`)
  })
}

function resolverIn(world: World): GraphQLFieldResolver<Data | undefined, unknown> {
  const provides = Object.values(world.parts).some((part) => part.includes('@provides'))
  // biome-ignore lint/complexity/useMaxParams: what graphql-js calls it with.
  return (source, given, _, info) => {
    const from = source ?? world.roots[info.parentType.name] ?? {}
    const own = (from as { [sent]?: Data })[sent]
    if (!isExternal(info)) return fieldOf(from, info.fieldName, given)
    if (own && info.fieldName in own) return own[info.fieldName]
    return provides || world.isFederation1 ? fieldOf(from, info.fieldName, given) : null
  }
}

const isExternal = ({ parentType, fieldName }: GraphQLResolveInfo) =>
  directivesOf(parentType.getFields()[fieldName]?.astNode).some(
    ({ name }) => name.value === 'external',
  )

const directivesOf = (node: { directives?: readonly ConstDirectiveNode[] } | null | undefined) =>
  node?.directives ?? []

function fieldOf(from: Data | undefined, name: string, given: Data): unknown {
  const value = from?.[name]
  if (typeof value !== 'function') return value
  return value(given, (from as { [sent]?: Data })[sent] ?? from)
}

interface Knowing {
  readonly world: World
  readonly implementing: ReadonlyMap<string, ReadonlySet<string>>
}

/** Finds what a representation means by any key of its type that it holds whole. */
function referencesOf(typeDefs: string, { world, implementing }: Knowing) {
  const found: [string, object][] = []
  for (const definition of parse(typeDefs).definitions) {
    if (!('name' in definition) || !('directives' in definition) || !definition.name) continue
    const keys = directivesOf(definition as never).flatMap(keyOf)
    if (keys.length === 0) continue
    const name = definition.name.value
    const isInterface = definition.kind.startsWith('Interface')
    const types = implementing.get(name) ?? new Set([name])
    const of = (given: Data) => {
      const known = world.entities?.find(
        (each) =>
          types.has(String(each.__typename)) && keys.some((key) => isSame(key, given, each)),
      )
      const type = isInterface ? known?.__typename : name
      return known ? { ...known, __typename: type, [sent]: given } : null
    }
    found.push([name, { __resolveReference: of }])
  }
  return Object.fromEntries(found)
}

function keyOf({ name, arguments: given }: ConstDirectiveNode): SelectionSetNode[] {
  const fields = given?.find((each) => each.name.value === 'fields')?.value
  if (name.value !== 'key' || fields?.kind !== Kind.STRING) return []
  const [operation] = parse(`{ ${fields.value} }`).definitions
  return operation?.kind === Kind.OPERATION_DEFINITION ? [operation.selectionSet] : []
}

function isSame(key: SelectionSetNode | undefined, given: unknown, known: unknown): boolean {
  if (!key || typeof given !== 'object' || given === null) {
    return given !== undefined && String(given) === String(known)
  }
  if (Array.isArray(given)) {
    const all = known as readonly unknown[]
    return (
      given.length === all.length && given.every((each, index) => isSame(key, each, all[index]))
    )
  }
  return key.selections.every((selection) => {
    const { name, selectionSet } = selection as FieldNode
    const [ours, theirs] = [given as Data, known as Data | null]
    return isSame(selectionSet, ours[name.value], theirs?.[name.value])
  })
}

function implementersIn(parts: World['parts']): Map<string, Set<string>> {
  const all = new Map<string, Set<string>>()
  for (const part of Object.values(parts)) {
    for (const [, type = '', interfaces = ''] of part.matchAll(
      /type (\w+) implements ([\w& ]+)/g,
    )) {
      for (const each of interfaces.split(/\W+/).filter(Boolean)) {
        all.set(each, (all.get(each) ?? new Set()).add(type))
      }
    }
  }
  return all
}
