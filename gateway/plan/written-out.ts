import {
  type DocumentNode,
  type FieldNode,
  getOperationAST,
  type InlineFragmentNode,
  Kind,
  type NamedTypeNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'
import { rootTypes } from '../supergraph/root-types.ts'
import { namedIn, type SubgraphFields } from '../supergraph/subgraph-fields.ts'
import { type Fragments, fragmentOf, fragmentsIn } from './fragments.ts'

/**
 * An operation with every fragment where it is spread, so that each node stands at one place, and
 * without those that are on one object type within another, or say nothing that is not known.
 */
export function writtenOut(
  document: DocumentNode,
  { service, operationName }: { service: string; operationName: string | undefined },
  fields: SubgraphFields,
) {
  const writing = new Writing({ service, fields, fragments: fragmentsIn(document) })
  const operation = getOperationAST(document, operationName)
  if (!operation) throw new Error('It is not known which operation is asked.')
  const selectionSet = writing.set(operation.selectionSet, rootTypes[operation.operation])
  const { isNarrowed, isSpliced } = writing
  return { operation: { ...operation, selectionSet }, isNarrowed, isSpliced }
}

interface Given {
  readonly service: string
  readonly fields: SubgraphFields
  readonly fragments: Fragments
}

class Writing {
  isNarrowed = false
  isSpliced = false
  readonly #service: string
  readonly #fields: SubgraphFields
  readonly #fragments: Fragments

  constructor({ service, fields, fragments }: Given) {
    this.#service = service
    this.#fields = fields
    this.#fragments = fragments
  }

  set(set: SelectionSetNode, type: string): SelectionSetNode {
    const selections = set.selections.flatMap((each) => this.#written(each, type))
    return { ...set, selections: selections.length > 0 ? selections : [typename()] }
  }

  #written(selection: SelectionNode, type: string): SelectionNode[] {
    if (selection.kind === Kind.FIELD) return [this.#field(selection, type)]
    const { on: condition, set } = fragmentOf(selection, this.#fragments)
    const on = this.#narrowed(type, condition)
    if (on === null) return []
    if (on === type && !selection.directives?.length) {
      this.isSpliced = true
      return set.selections.flatMap((each) => this.#written(each, type))
    }
    const written: InlineFragmentNode = {
      kind: Kind.INLINE_FRAGMENT,
      ...(condition !== undefined && { typeCondition: typeNamed(condition) }),
      directives: selection.directives ?? [],
      selectionSet: this.set(set, on),
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

const typeNamed = (value: string): NamedTypeNode => ({
  kind: Kind.NAMED_TYPE,
  name: { kind: Kind.NAME, value },
})

const typename = (): FieldNode => ({
  kind: Kind.FIELD,
  name: { kind: Kind.NAME, value: '__typename' },
})
