import { callerOf, nobody } from '@shop/kit/identity'
import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql'
import type { CheckedDocument } from '../document/documents.ts'
import { fragmentsIn } from '../document/fragments.ts'
import type { RequestRecord } from '../request.ts'
import type { Generation } from '../supergraph/generation.ts'

/** What is shed last comes first. */
export type Importance = 'checkout' | 'account' | 'browse'

type Asking = Pick<RequestRecord, 'identity'>

/** Whoever is known, if only by a cart, goes before a stranger; what sells goes before both. */
export function importanceOf({ identity = nobody }: Asking, isSelling: boolean): Importance {
  if (isSelling) return 'checkout'
  return callerOf(identity) ? 'account' : 'browse'
}

/**
 * Every field the operation begins with is, or leads to, one of the checkout's: what is only asked
 * beside such a field goes in nobody's shadow.
 */
export function isSelling(document: CheckedDocument, generation: Generation): boolean {
  const roots = new Selling(document, generation).roots()
  return roots.length > 0 && roots.every(Boolean)
}

class Selling {
  readonly #document: CheckedDocument
  readonly #schema: GraphQLSchema
  readonly #supergraph: Generation['supergraph']
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>
  readonly #known = new Map<SelectionSetNode, boolean>()

  constructor(document: CheckedDocument, { schema, supergraph }: Generation) {
    this.#document = document
    this.#schema = schema
    this.#supergraph = supergraph
    this.#fragments = fragmentsIn(document.node)
  }

  roots(): boolean[] {
    const { operation } = this.#document
    const root = this.#schema.getRootType(operation.operation)?.name ?? ''
    const seen = new Set<SelectionSetNode>()
    const within = (set: SelectionSetNode): boolean[] => {
      if (seen.has(set)) return []
      seen.add(set)
      return set.selections.flatMap((selection) => {
        if (selection.kind === Kind.FIELD) {
          return selection.name.value === '__typename' ? [] : this.#isField(root, selection)
        }
        const inner = this.#setOf(selection)
        return inner ? within(inner.set) : []
      })
    }
    return within(operation.selectionSet)
  }

  #isField(type: string, field: FieldNode): boolean {
    const uses = this.#supergraph.applied.onField(type, field.name.value)
    if (uses.some(({ name, given }) => name === 'priority' && given.class === 'checkout')) {
      return true
    }
    const gives = this.#typeOf(type, field.name.value)
    return gives !== undefined && field.selectionSet ? this.#isIn(gives, field.selectionSet) : false
  }

  #isIn(type: string, set: SelectionSetNode): boolean {
    const known = this.#known.get(set)
    if (known !== undefined) return known
    this.#known.set(set, false)
    const found = set.selections.some((selection) => {
      if (selection.kind === Kind.FIELD) return this.#isField(type, selection)
      const inner = this.#setOf(selection)
      return inner ? this.#isIn(inner.type ?? type, inner.set) : false
    })
    this.#known.set(set, found)
    return found
  }

  #setOf(selection: Exclude<SelectionSetNode['selections'][number], FieldNode>) {
    const from =
      selection.kind === Kind.INLINE_FRAGMENT
        ? selection
        : this.#fragments.get(selection.name.value)
    return from && { type: from.typeCondition?.name.value, set: from.selectionSet }
  }

  #typeOf(type: string, field: string): string | undefined {
    const parent = this.#schema.getType(type)
    if (!isObjectType(parent) && !isInterfaceType(parent)) return undefined
    const given = parent.getFields()[field]?.type
    const named = given && getNamedType(given)
    return isCompositeType(named) ? named.name : undefined
  }
}
