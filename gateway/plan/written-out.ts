import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getOperationAST,
  type InlineFragmentNode,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'
import { namedIn, type SubgraphFields } from '../supergraph/subgraph-fields.ts'

const roots = { query: 'Query', mutation: 'Mutation', subscription: 'Subscription' } as const

/**
 * An operation with every fragment where it is spread, so that each node stands at one place, and
 * without those that are on one object type within another, or say nothing that is not known.
 */
export function writtenOut(
  document: DocumentNode,
  { service, operationName }: { service: string; operationName: string | undefined },
  fields: SubgraphFields,
) {
  const writing = new Writing(service, fields)
  for (const each of document.definitions) {
    if (each.kind === Kind.FRAGMENT_DEFINITION) writing.fragments.set(each.name.value, each)
  }
  const operation = getOperationAST(document, operationName)
  if (!operation) throw new Error('It is not known which operation is asked.')
  const selectionSet = writing.set(operation.selectionSet, roots[operation.operation])
  const { isNarrowed, isSpliced } = writing
  return { operation: { ...operation, selectionSet }, isNarrowed, isSpliced }
}

class Writing {
  readonly fragments = new Map<string, FragmentDefinitionNode>()
  isNarrowed = false
  isSpliced = false
  readonly #service: string
  readonly #fields: SubgraphFields

  constructor(service: string, fields: SubgraphFields) {
    this.#service = service
    this.#fields = fields
  }

  set(set: SelectionSetNode, type: string): SelectionSetNode {
    const selections = set.selections.flatMap((each) => this.#written(each, type))
    return { ...set, selections: selections.length > 0 ? selections : [typename()] }
  }

  #written(selection: SelectionNode, type: string): SelectionNode[] {
    if (selection.kind === Kind.FIELD) return [this.#field(selection, type)]
    const fragment =
      selection.kind === Kind.INLINE_FRAGMENT ? selection : this.fragments.get(selection.name.value)
    if (!fragment) throw new Error('A fetch spreads a fragment that it has not.')
    const { typeCondition, selectionSet } = fragment
    const on = this.#narrowed(type, typeCondition?.name.value)
    if (on === null) return []
    if (on === type && !selection.directives?.length) {
      this.isSpliced = true
      return selectionSet.selections.flatMap((each) => this.#written(each, type))
    }
    const written: InlineFragmentNode = {
      kind: Kind.INLINE_FRAGMENT,
      ...(typeCondition && { typeCondition }),
      directives: selection.directives ?? [],
      selectionSet: this.set(selectionSet, on),
    }
    return [written]
  }

  #field(field: FieldNode, parent: string): FieldNode {
    if (!field.selectionSet) return { ...field }
    const type = this.#fields.typeOf(this.#service, parent, field.name.value)
    return { ...field, selectionSet: this.set(field.selectionSet, type ? namedIn(type) : '') }
  }

  /** What an object within a fragment is known to be; null where it can be nothing. */
  #narrowed(type: string, condition: string | undefined): string | null {
    if (condition === undefined || condition === type) return type
    if (!this.#fields.isObject(type)) return condition
    if (!this.#fields.isObject(condition)) return type
    this.isNarrowed = true
    return null
  }
}

const typename = (): FieldNode => ({
  kind: Kind.FIELD,
  name: { kind: Kind.NAME, value: '__typename' },
})
