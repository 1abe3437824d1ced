import { type FieldNode, Kind, type NameNode, type SelectionSetNode, type ValueNode } from 'graphql'
import type { SubgraphTypes } from '../supergraph/subgraph-types.ts'
import type { Need, PathStep, Rewrite } from './nodes.ts'

/** What stands under a name: which field it is, and each object it may be, by type; none of a leaf. */
export interface Value {
  readonly origin: string
  readonly objects: ReadonlyMap<string, Imagined>
}

/** An object that may come, of one type, with what a plan has fetched of it by then. */
export class Imagined {
  readonly type: string
  readonly fields = new Map<string, Value>()
  /** As a subgraph told it; an interface's where that is its object. */
  name: string | undefined

  constructor(type: string, name?: string) {
    this.type = type
    this.name = name
  }
}

/** A field and its arguments; planners write a value as its type has it, `9` for `"9"` and `[1]` for `1`. */
export function originOf({ name, arguments: given = [] }: FieldNode): string {
  if (given.length === 0) return name.value
  return `${name.value}(${given.map(textOf).toSorted().join(', ')})`
}

const textOf = ({ name, value }: { name: NameNode; value: ValueNode }) =>
  `${name.value}: ${textOfValue(value)}`

function textOfValue(value: ValueNode): string {
  switch (value.kind) {
    case Kind.OBJECT:
      return `{${value.fields.map(textOf).toSorted().join(', ')}}`
    case Kind.LIST: {
      const each = value.values.map(textOfValue)
      return each.length === 1 ? String(each[0]) : `[${each.join(', ')}]`
    }
    case Kind.VARIABLE:
      return `$${value.name.value}`
    case Kind.NULL:
      return 'null'
    default:
      return String(value.value)
  }
}

/** An object that two subgraphs give is of a type that both may give. */
export function merge(target: Imagined, source: Imagined, types: SubgraphTypes): void {
  if (source.name !== undefined && (!target.name || !types.isAbstract(source.name))) {
    target.name = source.name
  }
  for (const [key, value] of source.fields) {
    const known = target.fields.get(key)
    target.fields.set(key, known ? merged(known, value, types) : value)
  }
}

function merged(known: Value, value: Value, types: SubgraphTypes): Value {
  const objects = new Map<string, Imagined>()
  for (const [type, object] of known.objects) {
    const more = value.objects.get(type)
    if (!more) continue
    merge(object, more, types)
    objects.set(type, object)
  }
  return { origin: value.origin, objects }
}

export function at(
  objects: Iterable<Imagined>,
  path: readonly PathStep[],
  types: SubgraphTypes,
): readonly Imagined[] {
  let here = [...objects]
  for (const step of path) {
    if (step === '@') continue
    here =
      typeof step === 'string'
        ? here.flatMap((each) => [...(each.fields.get(step)?.objects.values() ?? [])])
        : here.filter(({ name }) => !name || step.types.some((type) => types.is(name, type)))
  }
  return here
}

export function rewrite(
  objects: readonly Imagined[],
  rewrites: readonly Rewrite[],
  types: SubgraphTypes,
): void {
  for (const each of rewrites) {
    for (const object of at(objects, each.path, types)) rewriteOne(object, each, types)
  }
}

function rewriteOne(object: Imagined, given: Rewrite, types: SubgraphTypes): void {
  if (given.kind === 'set') {
    if (given.key === '__typename') object.name = String(given.value)
    return
  }
  const value = object.fields.get(given.key)
  if (!value) return
  const known = object.fields.get(given.to)
  object.fields.set(given.to, known ? merged(known, value, types) : value)
  object.fields.delete(given.key)
}

/** What is sent of an entity, or null where something that is needed was not fetched. */
export function taken(
  object: Imagined,
  needs: readonly Need[],
  types: SubgraphTypes,
): Imagined | null {
  const sent = new Imagined(object.type)
  const isWhole = needs.every((need) => {
    if (need.kind === 'field') return takeField(sent, need, { object, types })
    if (!object.name || !types.is(object.name, need.type)) return true
    const more = taken(object, need.needs, types)
    if (more) merge(sent, more, types)
    return more !== null
  })
  return isWhole ? sent : null
}

function takeField(
  sent: Imagined,
  { read, send, needs }: Need & { kind: 'field' },
  { object, types }: { object: Imagined; types: SubgraphTypes },
): boolean {
  if (read === '__typename') {
    sent.name = object.name
    return object.name !== undefined
  }
  const value = object.fields.get(read)
  if (!value) return false
  const objects = new Map<string, Imagined>()
  for (const [type, each] of value.objects) {
    const more = needs ? taken(each, needs, types) : each
    if (!more) return false
    objects.set(type, more)
  }
  sent.fields.set(send, { origin: value.origin, objects })
  return true
}

/** Whether an object has all fields of a key, or of what is required, and nothing else in their place. */
export function holds(object: Imagined, set: SelectionSetNode, types: SubgraphTypes): boolean {
  return set.selections.every((selection) => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return true
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const type = selection.typeCondition?.name.value ?? object.type
      return !types.is(object.type, type) || holds(object, selection.selectionSet, types)
    }
    return holdsField(object, selection, types)
  })
}

function holdsField(object: Imagined, field: FieldNode, types: SubgraphTypes): boolean {
  const { name, selectionSet } = field
  if (name.value === '__typename') return true
  const value = object.fields.get(name.value)
  if (value?.origin !== originOf(field)) return false
  return (
    !selectionSet || [...value.objects.values()].every((each) => holds(each, selectionSet, types))
  )
}
