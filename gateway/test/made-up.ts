import {
  type GraphQLFieldResolver,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isAbstractType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
} from 'graphql'
import type { Data } from '../json.ts'
import { hashOf } from './seed.ts'

export interface Faults {
  /** One in so many values is an error, or a null. */
  readonly oneIn: number
}

/** Which object it is; no field has this name. */
const marked = '__about'

/**
 * Answers for any subgraph: a value depends on the object, the field and the arguments alone, so
 * that whichever subgraph is asked says the same. What was sent of an entity beside its key is part
 * of the object, so a field that requires it shows what was sent.
 */
export function madeUp(faults: Faults): GraphQLFieldResolver<Data, unknown> {
  // biome-ignore lint/complexity/useMaxParams: what graphql-js calls it with.
  return (source, given, _, info) => {
    const own = source?.[info.fieldName]
    if (own !== undefined) return own
    const seed = seedOf(source, given, info)
    if (faults.oneIn > 0 && hashOf(`${seed} fails`) % faults.oneIn === 0) {
      throw new Error(`No ${info.parentType.name}.${info.fieldName}.`)
    }
    return madeValue(info.returnType, seed, { schema: info.schema, faults })
  }
}

function seedOf(source: Data | undefined, given: Data, info: GraphQLResolveInfo): string {
  const about = source?.[marked] ?? info.parentType.name
  return `${about}.${info.fieldName}(${JSON.stringify(given)})${required(source, info)}`
}

/** What the field says it requires, as it was sent: only its names on the first level are looked at. */
function required(source: Data | undefined, { parentType, fieldName }: GraphQLResolveInfo): string {
  const { directives } = parentType.getFields()[fieldName]?.astNode ?? {}
  const needs = directives?.find(({ name }) => name.value === 'requires')?.arguments?.[0]?.value
  if (needs?.kind !== Kind.STRING) return ''
  const names = Object.keys(source ?? {}).filter((name) => needs.value.includes(name))
  return JSON.stringify(
    names.toSorted().map((name) => [name, source?.[name]]),
    inOrder,
  )
}

/** Which field was asked for first makes no difference. */
const inOrder = (_: string, value: unknown) =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    : value

interface Making {
  readonly schema: GraphQLSchema
  readonly faults: Faults
}

function madeValue(type: GraphQLOutputType, seed: string, making: Making): unknown {
  if (isNonNullType(type)) return madeValue(type.ofType, seed, making)
  const hash = hashOf(seed)
  if (making.faults.oneIn > 0 && hash % (making.faults.oneIn + 1) === 0) return null
  if (isListType(type)) {
    return Array.from({ length: hash % 4 }, (_, at) =>
      madeValue(type.ofType, `${seed}[${at}]`, making),
    )
  }
  if (isEnumType(type)) return type.getValues()[hash % type.getValues().length]?.value
  if (isAbstractType(type)) {
    const possible = making.schema.getPossibleTypes(type)
    const picked = possible[hash % possible.length]?.name ?? ''
    return entity(picked, hash)
  }
  if (isObjectType(type)) return entity(type.name, hash)
  return leaf(String(type), hash)
}

/** Few of each type, so that the same one comes up again. */
const entity = (type: string, hash: number): Data => {
  const id = `${type}-${hash % 5}`
  return { __typename: type, id, [marked]: id }
}

function leaf(type: string, hash: number): unknown {
  if (type === 'Int') return hash % 1000
  if (type === 'Float') return (hash % 1000) / 8
  if (type === 'Boolean') return hash % 2 === 0
  return `${type} ${hash % 1000}`
}

/** What a subgraph makes of a representation: its key says which it is, the rest was required. */
export function entityOf(representation: Data): Data {
  return { ...representation, [marked]: representation.id }
}

/** Resolvers that take representations, for every type of a subgraph that has a key. */
export function referencesIn(typeDefs: string): Record<string, unknown> {
  const keyed = [...typeDefs.matchAll(/(type|interface) (\w+)[^{]*@key\(/g)]
  return Object.fromEntries(
    keyed.map(([, kind, name = '']) => {
      const types = implementing(name, typeDefs)
      const ofInterface = (given: Data) => entityOf(concrete(given, types))
      return [name, { __resolveReference: kind === 'interface' ? ofInterface : entityOf }]
    }),
  )
}

const implementing = (name: string, typeDefs: string): string[] =>
  [...typeDefs.matchAll(/type (\w+) implements ([\w& ]+)/g)]
    .filter(([, , all = '']) => all.split(/\W+/).includes(name))
    .map(([, type = '']) => type)

/** An id of an interface object begins with the interface's name: which type it is follows from it. */
function concrete(given: Data, types: readonly string[]): Data {
  const id = String(given.id)
  const type = types.find((each) => id.startsWith(`${each}-`))
  return { ...given, __typename: type ?? types[hashOf(id) % types.length] }
}
