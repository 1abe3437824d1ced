import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  Kind,
  type NameNode,
  OverlappingFieldsCanBeMergedRule,
  type SelectionNode,
  type SelectionSetNode,
  validate,
} from 'graphql'
import type { InterfaceFields } from '../supergraph/interface-fields.ts'

/** The type of a selection set, and whether there is a fragment between it and its field. */
interface Place {
  readonly type: GraphQLCompositeType
  readonly isFragment: boolean
}

interface Split {
  readonly kept: readonly SelectionNode[]
  /** What stands beside the fragment instead of in it. */
  readonly lifted: readonly SelectionNode[]
}

export interface Lifted {
  readonly document: DocumentNode
  /** Under which the lifted fields stand in what is fetched. */
  readonly names: ReadonlySet<string>
}

const none: ReadonlySet<string> = new Set()

/**
 * The document with every field of an interface object asked of the interface: planners find a wrong
 * way, or none, for one that stands in a fragment on a type that implements it. It is fetched for
 * the interface's other types too, and written only where it was asked for.
 */
export function lifted(
  document: DocumentNode,
  schema: GraphQLSchema,
  fields: InterfaceFields,
): Lifted {
  if (fields.size === 0) return { document, names: none }
  const lifter = new Lifter(document, schema, fields)
  const whole = lifter.document()
  if (lifter.names.size === 0) return { document, names: none }
  // Two types may call different fields by one name, which beside each other cannot be told apart.
  const isClear = validate(schema, whole, [OverlappingFieldsCanBeMergedRule]).length === 0
  return isClear ? { document: whole, names: lifter.names } : { document, names: none }
}

class Lifter {
  readonly names = new Set<string>()
  readonly #document: DocumentNode
  readonly #schema: GraphQLSchema
  readonly #fields: InterfaceFields
  readonly #fragments = new Map<string, FragmentDefinitionNode>()
  readonly #splits = new Map<string, Split>()
  /** Fragments as they are spread in the document that comes of it. */
  readonly #written = new Map<string, FragmentDefinitionNode>()

  constructor(document: DocumentNode, schema: GraphQLSchema, fields: InterfaceFields) {
    this.#document = document
    this.#schema = schema
    this.#fields = fields
    for (const each of document.definitions) {
      if (each.kind === Kind.FRAGMENT_DEFINITION) this.#fragments.set(each.name.value, each)
    }
  }

  document(): DocumentNode {
    const operations = this.#document.definitions.flatMap((each) => {
      if (each.kind !== Kind.OPERATION_DEFINITION) return []
      const type = this.#schema.getRootType(each.operation)
      return type ? [{ ...each, selectionSet: this.#set(each.selectionSet, type) }] : [each]
    })
    return { kind: Kind.DOCUMENT, definitions: [...operations, ...this.#written.values()] }
  }

  /** Of a field: what is lifted out of its fragments stands in it. */
  #set(set: SelectionSetNode, type: GraphQLCompositeType): SelectionSetNode {
    if (!isAbstractType(type)) return this.#ofObject(set, type)
    const { kept, lifted: up } = this.#split(set, { type, isFragment: false })
    return { ...set, selections: [...kept, ...up] }
  }

  /** Where the type is known, planners find their way. */
  #ofObject(set: SelectionSetNode, type: GraphQLCompositeType): SelectionSetNode {
    const selections = set.selections.map((selection): SelectionNode => {
      if (selection.kind === Kind.FIELD) return this.#field(selection, type)
      if (selection.kind === Kind.FRAGMENT_SPREAD) return this.#wholeSpread(selection.name.value)
      const on = this.#typeOf(selection.typeCondition?.name.value) ?? type
      return { ...selection, selectionSet: this.#ofObject(selection.selectionSet, on) }
    })
    return { ...set, selections }
  }

  #wholeSpread(name: string): SelectionNode {
    if (!this.#written.has(name)) {
      const fragment = this.#fragment(name)
      this.#written.set(name, fragment)
      const selectionSet = this.#ofObject(fragment.selectionSet, this.#conditionOf(fragment))
      this.#written.set(name, { ...fragment, selectionSet })
    }
    return spreadOf(name)
  }

  #split(set: SelectionSetNode, place: Place): Split {
    const parts = set.selections.map((selection) => this.#splitOf(selection, place))
    // A fragment that is spread twice gives the same nodes twice.
    const up = new Set(parts.flatMap((part) => part.lifted))
    return { kept: parts.flatMap((part) => part.kept), lifted: [...up] }
  }

  #splitOf(selection: SelectionNode, { type, isFragment }: Place): Split {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return this.#splitSpread(selection.name.value)
    if (selection.kind === Kind.FIELD) {
      const field = this.#field(selection, type)
      const owner = isFragment && this.#fields.get(`${type.name}.${selection.name.value}`)
      if (!owner) return { kept: [field], lifted: [] }
      this.names.add((field.alias ?? field.name).value)
      return { kept: [], lifted: [fragmentOn(owner, field)] }
    }
    const on = this.#typeOf(selection.typeCondition?.name.value) ?? type
    const { kept, lifted: up } = this.#split(selection.selectionSet, { type: on, isFragment: true })
    return { kept: [{ ...selection, selectionSet: setOf(kept) }], lifted: up }
  }

  /** Once for each fragment, however often it is spread. */
  #splitSpread(name: string): Split {
    const known = this.#splits.get(name)
    if (known) return known
    const fragment = this.#fragment(name)
    const type = this.#conditionOf(fragment)
    const { kept, lifted: up } = this.#split(fragment.selectionSet, { type, isFragment: true })
    const own = nameBeside(name, this.#fragments)
    const split = { kept: [spreadOf(own)], lifted: up }
    const written = { ...fragment, name: nameOf(own), selectionSet: setOf(kept) }
    this.#written.set(own, written)
    this.#splits.set(name, split)
    return split
  }

  #field(field: FieldNode, parent: GraphQLCompositeType): FieldNode {
    const { selectionSet, name } = field
    const given = 'getFields' in parent ? parent.getFields()[name.value]?.type : undefined
    const type = given && getNamedType(given)
    if (!selectionSet || !isCompositeType(type)) return field
    return { ...field, selectionSet: this.#set(selectionSet, type) }
  }

  #fragment(name: string): FragmentDefinitionNode {
    const fragment = this.#fragments.get(name)
    if (!fragment) throw new Error(`There is no fragment ${name}.`)
    return fragment
  }

  #conditionOf({ typeCondition }: FragmentDefinitionNode): GraphQLCompositeType {
    const type = this.#typeOf(typeCondition.name.value)
    if (!type) throw new Error(`A fragment is on ${typeCondition.name.value}.`)
    return type
  }

  #typeOf(name: string | undefined): GraphQLCompositeType | undefined {
    const type = name === undefined ? undefined : this.#schema.getType(name)
    return isCompositeType(type) ? type : undefined
  }
}

const nameOf = (value: string): NameNode => ({ kind: Kind.NAME, value })

const typename: FieldNode = { kind: Kind.FIELD, name: nameOf('__typename') }

/** What is left of a fragment that is left with nothing asks for the type. */
const setOf = (selections: readonly SelectionNode[]): SelectionSetNode => ({
  kind: Kind.SELECTION_SET,
  selections: selections.length > 0 ? selections : [typename],
})

const spreadOf = (name: string): SelectionNode => ({
  kind: Kind.FRAGMENT_SPREAD,
  name: nameOf(name),
})

const fragmentOn = (type: string, field: FieldNode): SelectionNode => ({
  kind: Kind.INLINE_FRAGMENT,
  typeCondition: { kind: Kind.NAMED_TYPE, name: nameOf(type) },
  selectionSet: setOf([field]),
})

function nameBeside(name: string, taken: ReadonlyMap<string, unknown>): string {
  let own = `${name}_kept`
  while (taken.has(own)) own += '_'
  return own
}
