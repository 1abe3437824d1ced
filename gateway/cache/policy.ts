import {
  type FieldNode,
  type FragmentDefinitionNode,
  type FragmentSpreadNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  getNamedType,
  type InlineFragmentNode,
  isCompositeType,
  Kind,
  type SelectionSetNode,
} from 'graphql'
import type { Applied, Use } from '../supergraph/applied.ts'

/** For how many seconds something may be kept, and whether it is everybody's. */
export interface Keepable {
  readonly maxAge: number
  readonly isPublic: boolean
}

interface Hint {
  /** Without it, as long as what it is of. */
  readonly maxAge?: number
  readonly isPrivate: boolean
}

export interface Reading {
  readonly applied: Applied
  readonly schema: GraphQLSchema
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>
}

/**
 * By Apollo's meaning of `@cacheControl`: the shortest of all fields; what gives an object and says
 * nothing, on itself or its type, is not kept at all, and a scalar lives as long as what it is of.
 */
export function keepableOf(
  set: SelectionSetNode,
  type: GraphQLCompositeType,
  reading: Reading,
): Keepable {
  let [maxAge, isPublic] = [Number.POSITIVE_INFINITY, true]
  const take = (hint: Hint) => {
    if (hint.maxAge !== undefined) maxAge = Math.min(maxAge, hint.maxAge)
    if (hint.isPrivate) isPublic = false
  }
  eachField(set, type, { reading, isRoot: isRoot(type, reading.schema), take, seen: new Set() })
  return { maxAge, isPublic }
}

interface Walk {
  readonly reading: Reading
  readonly isRoot: boolean
  readonly take: (hint: Hint) => void
  /** Looked into once however often they are spread: spreads that double would take minutes. */
  readonly seen: Set<string>
}

function eachField({ selections }: SelectionSetNode, type: GraphQLCompositeType, walk: Walk): void {
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) ofField(selection, type, walk)
    else ofFragment(selection, type, walk)
  }
}

function ofFragment(
  spread: FragmentSpreadNode | InlineFragmentNode,
  type: GraphQLCompositeType,
  walk: Walk,
): void {
  const { fragments, schema } = walk.reading
  const fragment = spread.kind === Kind.FRAGMENT_SPREAD ? fragments.get(spread.name.value) : spread
  if (!fragment || (spread.kind === Kind.FRAGMENT_SPREAD && isSeen(spread, walk))) return
  const on = schema.getType(fragment.typeCondition?.name.value ?? type.name)
  eachField(fragment.selectionSet, on && isCompositeType(on) ? on : type, walk)
}

function isSeen({ name }: FragmentSpreadNode, { isRoot: atRoot, seen }: Walk): boolean {
  const key = `${name.value} ${atRoot}`
  if (seen.has(key)) return true
  seen.add(key)
  return false
}

function ofField(node: FieldNode, parent: GraphQLCompositeType, walk: Walk): void {
  const name = node.name.value
  const field = 'getFields' in parent ? parent.getFields()[name] : undefined
  if (!field) return
  const { applied } = walk.reading
  const named = getNamedType(field.type)
  const hint = hintIn(applied.onField(parent.name, name)) ?? hintIn(applied.onType(named.name))
  if (hint) walk.take(hint)
  else if (walk.isRoot || isCompositeType(named)) walk.take(unsaid)
  if (isCompositeType(named) && node.selectionSet) {
    eachField(node.selectionSet, named, { ...walk, isRoot: false })
  }
}

const unsaid: Hint = { maxAge: 0, isPrivate: false }

export function hintIn(uses: readonly Use[]): Hint | undefined {
  const said = uses.find(({ name }) => name === 'cacheControl')?.given
  if (!said) return undefined
  const isPrivate = said.scope === 'PRIVATE'
  if (typeof said.maxAge === 'number') return { maxAge: said.maxAge, isPrivate }
  return said.inheritMaxAge === true ? { isPrivate } : { maxAge: 0, isPrivate }
}

const isRoot = (type: GraphQLCompositeType, schema: GraphQLSchema) =>
  type === schema.getQueryType() || type === schema.getMutationType()
