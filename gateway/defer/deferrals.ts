import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  Kind,
  type SelectionSetNode,
} from 'graphql'
import { type Conditions, conditionsOf } from '../answer/conditions.ts'
import type { Spread } from '../answer/shapes.ts'
import type { CheckedDocument } from '../document/documents.ts'
import { fragmentsIn } from '../document/fragments.ts'

/** A field on the way to an object, and the types that object must be of for the way to go on. */
export interface WayStep {
  readonly field: FieldNode
  readonly on: readonly string[]
}

/** A part of an operation that may come later, at one place of it. */
export interface Deferral {
  /** Among those of its document. */
  readonly id: number
  readonly selection: Spread
  readonly set: SelectionSetNode
  readonly way: readonly WayStep[]
  /** Of the objects that have it, and what they must be of. */
  readonly type: GraphQLCompositeType
  readonly on: readonly string[]
  readonly label: string | undefined
  /** The variable that decides whether it is deferred; it always is, without one. */
  readonly decides: string | undefined
  /** Of what is around it: where they do not hold there is no such part. */
  readonly conditions: Conditions
  /** That it is itself in. */
  readonly within: Deferral | undefined
}

/** Fragments that double from level to level would lead to more places than anybody waits for. */
const mostVisits = 5_000

/** In the order they stand. None where there are too many places to look at: that is answered whole. */
export function deferralsIn(document: CheckedDocument, schema: GraphQLSchema): readonly Deferral[] {
  const { operation, node, text } = document
  const root = schema.getRootType(operation.operation)
  if (operation.operation === 'subscription' || !root || !text.includes('@defer')) return none
  const search = new Search(schema, fragmentsIn(node))
  const isWrite = operation.operation === 'mutation'
  search.walk(operation.selectionSet, { type: root, way: [], on: [], conditions: [], isWrite })
  return search.isTooMuch ? none : search.found
}

const none: readonly Deferral[] = []

interface Here {
  readonly type: GraphQLCompositeType
  readonly way: readonly WayStep[]
  readonly on: readonly string[]
  readonly conditions: Conditions
  readonly within?: Deferral | undefined
  /** What is written is written now. */
  readonly isWrite: boolean
}

class Search {
  readonly found: Deferral[] = []
  readonly #schema: GraphQLSchema
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>
  #visits = 0

  constructor(schema: GraphQLSchema, fragments: ReadonlyMap<string, FragmentDefinitionNode>) {
    this.#schema = schema
    this.#fragments = fragments
  }

  get isTooMuch(): boolean {
    return this.#visits > mostVisits
  }

  walk(set: SelectionSetNode, here: Here): void {
    for (const selection of set.selections) {
      if (++this.#visits > mostVisits) return
      const conditions = conditionsOf(selection, here.conditions)
      if (!conditions) continue
      if (selection.kind === Kind.FIELD) this.#field(selection, { ...here, conditions })
      else this.#spread(selection, { ...here, conditions })
    }
  }

  #field(field: FieldNode, here: Here): void {
    const { name, selectionSet } = field
    const type = this.#typeOf(here.type, name.value)
    if (!selectionSet || !type) return
    const way = [...here.way, { field, on: here.on }]
    this.walk(selectionSet, { ...here, type, way, on: [], isWrite: false })
  }

  #spread(selection: Spread, here: Here): void {
    const fragment =
      selection.kind === Kind.INLINE_FRAGMENT
        ? selection
        : this.#fragments.get(selection.name.value)
    if (!fragment) return
    const { selectionSet: set, typeCondition } = fragment
    const name = typeCondition?.name.value
    const type = name === undefined ? here.type : this.#schema.getType(name)
    if (!isCompositeType(type)) return
    const inner = { ...here, type, on: name === undefined ? here.on : [...here.on, name] }
    const defer = here.isWrite ? null : deferOf(selection)
    if (!defer) {
      this.walk(set, inner)
      return
    }
    const { way, on, conditions, within } = inner
    const id = this.found.length
    const deferral = { id, selection, set, way, type, on, conditions, within, ...defer }
    this.found.push(deferral)
    this.walk(set, { ...inner, within: deferral })
  }

  #typeOf(parent: GraphQLCompositeType, name: string): GraphQLCompositeType | null {
    const given = 'getFields' in parent ? parent.getFields()[name]?.type : undefined
    const named = given && getNamedType(given)
    return isCompositeType(named) ? named : null
  }
}

/** Null where nothing is deferred, whatever is asked. */
function deferOf({ directives = [] }: Spread): Pick<Deferral, 'label' | 'decides'> | null {
  const defer = directives.find(({ name }) => name.value === 'defer')
  if (!defer) return null
  const given = new Map(defer.arguments?.map(({ name, value }) => [name.value, value]))
  const [when, label] = [given.get('if'), given.get('label')]
  if (when?.kind === Kind.BOOLEAN && !when.value) return null
  return {
    label: label?.kind === Kind.STRING ? label.value : undefined,
    decides: when?.kind === Kind.VARIABLE ? when.name.value : undefined,
  }
}
