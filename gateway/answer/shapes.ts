import {
  type FieldNode,
  type FragmentDefinitionNode,
  type FragmentSpreadNode,
  type GraphQLCompositeType,
  type GraphQLNamedOutputType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  type InlineFragmentNode,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
} from 'graphql'
import { tooLarge } from '../document/limits.ts'
import type { OwnNames } from '../plan/own-names.ts'
import { type Conditions, conditionsOf } from './conditions.ts'

/** What is answered for an object of one type at one or more places of an operation. */
export interface Shape {
  readonly id: number
  readonly type: GraphQLCompositeType
  readonly fields: ShapeField[]
}

export interface ShapeField {
  /** The name in the answer, and in the schema. */
  readonly key: string
  readonly name: string
  /** Its name in what was fetched. */
  readonly read: string
  /** Answered when one of these holds; always, when null. */
  readonly conditions: readonly Conditions[] | null
  readonly type: GraphQLOutputType
  /** By the name of the type that an object turns out to have. */
  readonly shapes: ReadonlyMap<string, Shape> | null
  readonly node: FieldNode
  /** Null, whatever is there: it is not for who asks. */
  readonly isDenied: boolean
}

interface Selected {
  readonly set: SelectionSetNode
  readonly conditions: Conditions
}

const metaFields = new Map(
  [SchemaMetaFieldDef, TypeMetaFieldDef, TypeNameMetaFieldDef].map((field) => [field.name, field]),
)

interface FoundField {
  readonly node: FieldNode
  readonly conditions: Conditions
}

const none: ReadonlySet<never> = new Set()

export interface ShapesMore {
  readonly fragments: readonly FragmentDefinitionNode[]
  readonly mostFields: number
  readonly names: OwnNames
  readonly denied?: ReadonlySet<FieldNode> | undefined
  /** Left out: it is answered by itself. */
  readonly deferred?: ReadonlySet<Spread> | undefined
}

export interface ShapesRoot {
  readonly type: GraphQLCompositeType
  readonly set: SelectionSetNode
}

type Found = Map<string, FoundField[]>
export type Spread = InlineFragmentNode | FragmentSpreadNode

/**
 * The shapes of an operation, each of (type, selections) once: fragments that double from level to
 * level share theirs, where writing them out would take for ever.
 */
export class Shapes {
  readonly root: Shape
  readonly #schema: GraphQLSchema
  readonly #fragments = new Map<string, FragmentDefinitionNode>()
  readonly #known = new Map<string, Shape>()
  readonly #ids = new Map<SelectionSetNode, number>()
  readonly #mostFields: number
  readonly #denied: ReadonlySet<FieldNode>
  readonly #deferred: ReadonlySet<Spread>
  readonly #names: OwnNames
  #fields = 0

  /** Throws a `Refusal` when there would be more fields in all the shapes than these. */
  constructor(schema: GraphQLSchema, { type, set }: ShapesRoot, more: ShapesMore) {
    this.#schema = schema
    this.#denied = more.denied ?? none
    this.#deferred = more.deferred ?? none
    this.#names = more.names
    this.#mostFields = more.mostFields
    for (const fragment of more.fragments) this.#fragments.set(fragment.name.value, fragment)
    this.root = this.#shape(type, [{ set, conditions: [] }])
  }

  get fields(): number {
    return this.#fields
  }

  get all(): IterableIterator<Shape> {
    return this.#known.values()
  }

  #shape(type: GraphQLCompositeType, selected: readonly Selected[]): Shape {
    const key = `${type.name}|${selected.map((each) => this.#name(each)).join('|')}`
    const known = this.#known.get(key)
    if (known) return known
    const shape: Shape = { id: this.#known.size, type, fields: [] }
    this.#known.set(key, shape)
    const found: Found = new Map()
    for (const each of selected) this.#collect(type, each, found)
    for (const [name, nodes] of found) shape.fields.push(this.#field(type, name, nodes))
    return shape
  }

  #name({ set, conditions }: Selected): string {
    let id = this.#ids.get(set)
    if (id === undefined) {
      id = this.#ids.size
      this.#ids.set(set, id)
    }
    return `${id}${conditions.join('&')}`
  }

  #collect(type: GraphQLCompositeType, { set, conditions }: Selected, found: Found): void {
    for (const selection of set.selections) {
      const here = conditionsOf(selection, conditions)
      if (!here) continue
      if (selection.kind === Kind.FIELD) add(found, { node: selection, conditions: here })
      else this.#collectWithin(type, { selection, conditions: here }, found)
    }
  }

  #collectWithin(
    type: GraphQLCompositeType,
    { selection, conditions }: { selection: Spread; conditions: Conditions },
    found: Found,
  ): void {
    if (this.#deferred.has(selection)) return
    const fragment =
      selection.kind === Kind.INLINE_FRAGMENT
        ? selection
        : this.#fragments.get(selection.name.value)
    if (fragment && this.#applies(fragment.typeCondition?.name.value, type)) {
      this.#collect(type, { set: fragment.selectionSet, conditions }, found)
    }
  }

  #applies(condition: string | undefined, type: GraphQLCompositeType): boolean {
    if (condition === undefined || condition === type.name) return true
    const kind = this.#schema.getType(condition)
    return (
      isAbstractType(kind) &&
      (isObjectType(type) || isInterfaceType(type)) &&
      this.#schema.isSubType(kind, type)
    )
  }

  #field(parent: GraphQLCompositeType, key: string, nodes: readonly FoundField[]): ShapeField {
    if (++this.#fields > this.#mostFields) throw tooLarge('fields')
    const node = (nodes[0] as FoundField).node
    const name = node.name.value
    const isAlways = nodes.some(({ conditions }) => conditions.length === 0)
    const type = this.#typeOf(parent, name)
    const named = getNamedType(type)
    const given = nodes.filter((each) => !this.#denied.has(each.node))
    const selected = given.flatMap(({ node: { selectionSet }, conditions }) =>
      // What decides about the field alone need not be decided again within it.
      selectionSet ? [{ set: selectionSet, conditions: nodes.length === 1 ? [] : conditions }] : [],
    )
    return {
      key,
      name,
      read: this.#names.of(node),
      conditions: isAlways ? null : nodes.map(({ conditions }) => conditions),
      type,
      shapes: this.#isOurs(name) && isCompositeType(named) ? this.#shapesOf(named, selected) : null,
      node,
      isDenied: given.length === 0,
    }
  }

  #isOurs(name: string): boolean {
    return name !== '__schema' && name !== '__type'
  }

  #typeOf(parent: GraphQLCompositeType, name: string): GraphQLOutputType {
    const own = 'getFields' in parent ? parent.getFields()[name] : undefined
    const field = own ?? metaFields.get(name)
    if (!field) throw new Error(`${parent.name} has no field ${name}.`)
    return field.type
  }

  #shapesOf(
    type: GraphQLNamedOutputType & GraphQLCompositeType,
    selected: readonly Selected[],
  ): Map<string, Shape> {
    const possible = isAbstractType(type)
      ? [
          type,
          ...this.#schema.getPossibleTypes(type),
          ...(isInterfaceType(type) ? this.#schema.getImplementations(type).interfaces : []),
        ]
      : [type]
    return new Map(possible.map((each) => [each.name, this.#shape(each, selected)]))
  }
}

function add(found: Found, field: FoundField): void {
  const key = field.node.alias?.value ?? field.node.name.value
  const same = found.get(key)
  if (same) same.push(field)
  else found.set(key, [field])
}
