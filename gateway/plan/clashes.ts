import {
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionSetNode,
  type TypeNode,
  visit,
} from 'graphql'
import { rootTypes } from '../supergraph/root-types.ts'
import { namedIn, type SubgraphFields } from '../supergraph/subgraph-fields.ts'
import type { BatchFetch, Fetch, PathStep, PlanNode, Rewrite } from './nodes.ts'
import { writtenOut } from './written-out.ts'

/**
 * The plan with no fetch that its subgraph would refuse: planners put a fragment on one type into one
 * on another, where a client had an interface between them, and beside each other fields of one name
 * that have types of different shapes there, `String!` of one member of a union, `String` of another.
 */
export function withoutClashes(node: PlanNode, fields: SubgraphFields): PlanNode {
  switch (node.kind) {
    case 'sequence':
    case 'parallel':
      return { ...node, nodes: node.nodes.map((each) => withoutClashes(each, fields)) }
    case 'flatten':
      return { ...node, node: withoutClashes(node.node, fields) }
    case 'condition':
      return {
        ...node,
        whenTrue: node.whenTrue && withoutClashes(node.whenTrue, fields),
        whenFalse: node.whenFalse && withoutClashes(node.whenFalse, fields),
      }
    case 'fetch':
      return ofFetch(node, fields)
    case 'batch':
      return ofBatch(node, fields)
    case 'subscription':
      return {
        ...node,
        primary: ofFetch(node.primary, fields),
        rest: node.rest && withoutClashes(node.rest, fields),
      }
  }
}

function ofFetch(node: Fetch, fields: SubgraphFields): Fetch {
  const parted = partedIn(node, fields)
  if (!parted) return node
  const at = node.needs ? 1 : 0
  const ours = parted.renames.map((each) => ({ ...each, path: each.path.slice(at) }))
  return { ...node, operation: parted.operation, outputRewrites: [...ours, ...node.outputRewrites] }
}

function ofBatch(node: BatchFetch, fields: SubgraphFields): BatchFetch {
  const parted = partedIn(node, fields)
  if (!parted) return node
  const batches = node.batches.map((batch) => {
    const ours = parted.renames
      .filter(({ path }) => path[0] === batch.alias)
      .map((each) => ({ ...each, path: each.path.slice(1) }))
    return { ...batch, outputRewrites: [...ours, ...batch.outputRewrites] }
  })
  return { ...node, operation: parted.operation, batches }
}

type Rename = Rewrite & { kind: 'rename' }

/** Nothing where its subgraph takes it as it is. */
function partedIn(
  {
    operation: text,
    operationName,
    service,
  }: Pick<Fetch, 'operation' | 'operationName' | 'service'>,
  fields: SubgraphFields,
): { operation: string; renames: readonly Rename[] } | null {
  const written = writtenOut(parse(text, { noLocation: true }), { service, operationName }, fields)
  const parting = new Parting(service, fields)
  const { selectionSet: set, operation } = written.operation
  parting.part([{ type: rootTypes[operation], set }], [])
  if (parting.renames.length === 0 && !written.isNarrowed) return null
  return { operation: print(parting.applied(written.operation)), renames: parting.renames }
}

interface Placed {
  readonly type: string
  readonly set: SelectionSetNode
}

interface Found {
  readonly field: FieldNode
  readonly type: TypeNode | undefined
}

class Parting {
  /** The inner ones first: a path leads through the names that what is around has in the answer. */
  readonly renames: Rename[] = []
  readonly #names = new Map<FieldNode, string>()
  readonly #service: string
  readonly #fields: SubgraphFields
  #count = 0

  constructor(service: string, fields: SubgraphFields) {
    this.#service = service
    this.#fields = fields
  }

  /** What is merged into one object: fields of one name and different shapes are called apart. */
  part(placed: readonly Placed[], path: readonly PathStep[]): void {
    const found = new Map<string, Found[]>()
    for (const each of placed) this.#collect(each, found)
    for (const [key, all] of found) {
      const shapes = Map.groupBy(all, ({ type }) => this.#shapeOf(type))
      let name = key
      for (const same of shapes.values()) {
        this.part(same.flatMap(setOf), [...path, name])
        if (name !== key) this.#rename(same, { kind: 'rename', path, key: name, to: key })
        name = `${key}_apart_${this.#count++}`
      }
    }
  }

  applied(operation: OperationDefinitionNode): OperationDefinitionNode {
    return visit(operation, {
      Field: {
        enter: (field) => {
          const value = this.#names.get(field)
          return value === undefined ? undefined : { ...field, alias: { kind: Kind.NAME, value } }
        },
      },
    })
  }

  #rename(all: readonly Found[], rename: Rename): void {
    for (const { field } of all) this.#names.set(field, rename.key)
    this.renames.push(rename)
  }

  #collect({ type, set }: Placed, found: Map<string, Found[]>): void {
    for (const selection of set.selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        const on = selection.typeCondition?.name.value ?? type
        this.#collect({ type: on, set: selection.selectionSet }, found)
      } else if (selection.kind === Kind.FIELD) {
        const key = (selection.alias ?? selection.name).value
        const given = this.#fields.typeOf(this.#service, type, selection.name.value)
        found.set(key, [...(found.get(key) ?? []), { field: selection, type: given }])
      }
    }
  }

  /** Lists, nulls, and of leaves the name: all that has to be alike. */
  #shapeOf(type: TypeNode | undefined): string {
    if (!type) return ''
    if (type.kind === Kind.NON_NULL_TYPE) return `${this.#shapeOf(type.type)}!`
    if (type.kind === Kind.LIST_TYPE) return `[${this.#shapeOf(type.type)}]`
    return this.#fields.isComposite(type.name.value) ? '{}' : type.name.value
  }
}

const setOf = ({ field: { selectionSet }, type }: Found): Placed[] =>
  selectionSet ? [{ type: type ? namedIn(type) : '', set: selectionSet }] : []
