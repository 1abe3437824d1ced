import {
  type FieldNode,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isListType,
  isNonNullType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'
import type { Data } from '../json.ts'
import type { Entry, Group } from './groups.ts'
import type { Run } from './run.ts'
import { copyOf } from './values.ts'
import type { World } from './world.ts'

interface Substitute {
  readonly place: string
  readonly key: string
  readonly type: string
  readonly value: unknown
}

/** What fields become while their subgraph is dead or slow. */
export interface Fallback {
  /** False where a field has none: then the fault is told as well. */
  readonly isWhole: boolean
  apply(run: Run, targets: readonly Data[]): void
}

/** Nothing where none of the fields has one. */
export function compileFallback(
  { entries }: Group,
  { applied, schema, kinds }: World,
): Fallback | undefined {
  const all = entries.flatMap((entry) => substituteOf(entry, { applied, schema }))
  if (all.length === 0) return undefined
  return {
    isWhole: all.length === entries.length,
    apply({ caller }, targets) {
      const degraded = new Set(caller.degraded)
      for (const { place, key, type, value } of all) {
        for (const target of targets) {
          const name = target.__typename
          if (typeof name === 'string' && !kinds.is(name, type)) continue
          target[key] ??= copyOf(value)
          degraded.add(place)
        }
      }
      caller.degraded = [...degraded]
    },
  }
}

function substituteOf(
  { type, node }: Entry,
  { applied, schema }: Pick<World, 'applied' | 'schema'>,
): Substitute[] {
  const name = node.name.value
  const said = applied.onField(type, name).find((use) => use.name === 'fallback')?.given
  const parent = schema.getType(type)
  const field = parent && 'getFields' in parent ? parent.getFields()[name] : undefined
  if (!said || !field || !('args' in field)) return []
  const key = node.alias?.value ?? name
  const value =
    typeof said.value === 'string'
      ? JSON.parse(said.value)
      : emptyOf(field.type, node.selectionSet, schema)
  return [{ place: `${type}.${name}`, key, type, value }]
}

/** The least that its type lets it be: no list has an element, and what may be null is. */
function emptyOf(
  type: GraphQLOutputType,
  selected: SelectionSetNode | undefined,
  schema: GraphQLSchema,
): unknown {
  const bare = isNonNullType(type) ? type.ofType : type
  if (isListType(bare)) return []
  if (isCompositeType(bare)) return selected ? emptyObject(bare.name, selected, schema) : null
  if (!isNonNullType(type)) return null
  const zero: Record<string, unknown> = { Int: 0, Float: 0, Boolean: false }
  return zero[getNamedType(type).name] ?? ''
}

function emptyObject(type: string, { selections }: SelectionSetNode, schema: GraphQLSchema): Data {
  const named = schema.getType(type)
  const fields = named && 'getFields' in named ? named.getFields() : {}
  const empty: Data = {}
  for (const { alias, name, selectionSet } of selections.filter(isField)) {
    const field = fields[name.value]
    const value = name.value === '__typename' ? type : undefined
    empty[alias?.value ?? name.value] =
      field && 'args' in field ? emptyOf(field.type, selectionSet, schema) : value
  }
  return empty
}

const isField = (selection: SelectionNode): selection is FieldNode => selection.kind === Kind.FIELD
