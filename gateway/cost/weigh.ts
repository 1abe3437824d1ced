import {
  type ArgumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type FragmentSpreadNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  type InlineFragmentNode,
  isCompositeType,
  isListType,
  isNonNullType,
  Kind,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql'
import { conditionsOf, hold } from '../answer/conditions.ts'
import type { CheckedDocument } from '../document/documents.ts'
import { fragmentsIn } from '../document/fragments.ts'
import type { Data } from '../json.ts'
import type { Applied } from '../supergraph/applied.ts'

export interface Weighing {
  readonly schema: GraphQLSchema
  readonly applied: Applied
  /** Of a list that nothing is said of. */
  readonly listSize: number
}

/** Of a write that says nothing of itself, beside what it gives: as Apollo's demand control has it. */
const writing = 10

type Field = GraphQLField<unknown, unknown>

/** How long lists below are, by their names, where the field above says it for them. */
type Sized = ReadonlyMap<string, number> | null

/**
 * What an operation may cost at most, by the federation's cost specification: every object that may
 * come counts, and what it weighs. Fragments count where they are spread.
 */
export class Weigher {
  readonly #weighing: Weighing
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>
  /** Weighed once however often they are spread: spreads that double would be weighed for minutes. */
  readonly #weighed = new Map<string, number>()
  readonly #document: CheckedDocument
  readonly #variables: Data

  constructor(weighing: Weighing, document: CheckedDocument, variables: Data) {
    this.#weighing = weighing
    this.#document = document
    this.#variables = variables
    this.#fragments = fragmentsIn(document.node)
  }

  weigh(): number {
    const { operation } = this.#document
    const root = this.#weighing.schema.getRootType(operation.operation)
    return root ? this.#set(operation.selectionSet, root, null) : 0
  }

  #set({ selections }: SelectionSetNode, type: GraphQLCompositeType, sized: Sized): number {
    let sum = 0
    for (const selection of selections) {
      const conditions = conditionsOf(selection, [])
      if (!conditions || !hold(conditions, this.#variables)) continue
      sum +=
        selection.kind === Kind.FIELD
          ? this.#field(selection, type, sized)
          : this.#fragment(selection, type, sized)
    }
    return sum
  }

  #fragment(
    spread: FragmentSpreadNode | InlineFragmentNode,
    type: GraphQLCompositeType,
    sized: Sized,
  ): number {
    if (spread.kind === Kind.INLINE_FRAGMENT) return this.#within(spread, type, sized)
    const fragment = this.#fragments.get(spread.name.value)
    if (!fragment) return 0
    const key = `${spread.name.value} ${sized ? [...sized] : ''}`
    const weight = this.#weighed.get(key) ?? this.#within(fragment, type, sized)
    this.#weighed.set(key, weight)
    return weight
  }

  #within(
    { typeCondition, selectionSet }: FragmentDefinitionNode | InlineFragmentNode,
    type: GraphQLCompositeType,
    sized: Sized,
  ): number {
    const on = typeCondition && this.#weighing.schema.getType(typeCondition.name.value)
    return this.#set(selectionSet, on && isCompositeType(on) ? on : type, sized)
  }

  #field(node: FieldNode, type: GraphQLCompositeType, sized: Sized): number {
    const field = 'getFields' in type ? type.getFields()[node.name.value] : undefined
    if (!field) return 0
    const { length, below } = this.#lists(node, type, field)
    const isList = isListType(isNonNullType(field.type) ? field.type.ofType : field.type)
    const times = isList ? (sized?.get(field.name) ?? length) : 1
    const named = getNamedType(field.type)
    const within =
      node.selectionSet && isCompositeType(named) ? this.#set(node.selectionSet, named, below) : 0
    return times * (this.#weightOf(type, field) + within) + this.#arguments(node, type)
  }

  #weightOf(type: GraphQLCompositeType, field: Field): number {
    const { applied, schema } = this.#weighing
    const named = getNamedType(field.type)
    const own =
      weightIn(applied.onField(type.name, field.name)) ?? weightIn(applied.onType(named.name))
    if (own !== undefined) return own
    return (isCompositeType(named) ? 1 : 0) + (type === schema.getMutationType() ? writing : 0)
  }

  #arguments({ name, arguments: given = [] }: FieldNode, type: GraphQLCompositeType): number {
    let sum = 0
    for (const argument of given) {
      const place = `${type.name}.${name.value}`
      sum += weightIn(this.#weighing.applied.onField(place, argument.name.value)) ?? 0
    }
    return sum
  }

  #lists(node: FieldNode, type: GraphQLCompositeType, field: Field): Lists {
    const { applied, listSize } = this.#weighing
    const said = applied.onField(type.name, field.name).find(({ name }) => name === 'listSize')
    if (!said) return { length: listSize, below: null }
    const { assumedSize, slicingArguments, sizedFields } = said.given
    const given = namesIn(slicingArguments).flatMap((name) => this.#slice(node, field, name))
    const length = given.length > 0 ? Math.max(...given) : numberOr(assumedSize, listSize)
    const below = namesIn(sizedFields)
    if (below.length === 0) return { length, below: null }
    return { length: 1, below: new Map(below.map((name) => [name, length])) }
  }

  #slice({ arguments: given = [] }: FieldNode, field: Field, name: string): number[] {
    const argument = given.find((each: ArgumentNode) => each.name.value === name)
    const value = argument
      ? valueFromASTUntyped(argument.value, this.#variables)
      : field.args.find((each) => each.name === name)?.defaultValue
    return typeof value === 'number' && Number.isFinite(value) ? [Math.max(0, value)] : []
  }
}

interface Lists {
  readonly length: number
  readonly below: Sized
}

const weightIn = (uses: ReturnType<Applied['onField']>): number | undefined => {
  const said = uses.find(({ name }) => name === 'cost')?.given.weight
  return said === undefined ? undefined : numberOr(said, 0)
}

const numberOr = (value: unknown, otherwise: number) =>
  typeof value === 'number' && Number.isFinite(value) ? value : otherwise

const namesIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
