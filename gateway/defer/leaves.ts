import { Kind, type OperationDefinitionNode, parse, type SelectionSetNode } from 'graphql'
import type { BatchFetch, Fetch, PathStep, PlanNode } from '../plan/nodes.ts'
import { gives, type Tree, treeAt, treeOfNeeds, wantedAt } from './trees.ts'

/** A node of a plan around another, and the how-manieth of it that is. */
interface Around {
  readonly node: PlanNode
  readonly at: number
}

/** A fetch of a plan: what it brings to which places, and what it needs to be there. */
export interface Leaf {
  readonly node: Fetch | BatchFetch
  readonly around: readonly Around[]
  readonly brings: readonly { readonly way: readonly string[]; readonly set: SelectionSetNode }[]
  readonly needs: readonly Tree[]
  /** It writes, or what it brings has another name than it is asked by: it is never put off. */
  readonly isFirst: boolean
}

export const brings = (leaf: Leaf, tree: Tree): boolean =>
  leaf.brings.some(({ way, set }) => {
    const wanted = wantedAt(tree, way)
    return wanted !== null && gives(set, wanted)
  })

/** Whether the first must have been before the second can. */
export const isNeeded = (first: Leaf, second: Leaf): boolean =>
  precedes(first, second) && second.needs.some((needs) => brings(first, needs))

function precedes({ around: a }: Leaf, { around: b }: Leaf): boolean {
  const at = a.findIndex((each, depth) => each.at !== b[depth]?.at)
  const [mine, other] = [a[at], b[at]]
  return mine?.node.kind === 'sequence' && other !== undefined && mine.at < other.at
}

export function leavesOf(
  node: PlanNode,
  base: readonly string[] = [],
  around: readonly Around[] = [],
): Leaf[] {
  switch (node.kind) {
    case 'sequence':
    case 'parallel':
      return node.nodes.flatMap((each, at) => leavesOf(each, base, [...around, { node, at }]))
    case 'flatten':
      return leavesOf(node.node, [...base, ...keysOf(node.path)], around)
    case 'condition':
      return [node.whenTrue, node.whenFalse].flatMap((each, at) =>
        each ? leavesOf(each, base, [...around, { node, at }]) : [],
      )
    case 'fetch':
      return [leafOfFetch(node, base, around)]
    case 'batch':
      return [leafOfBatch(node, base, around)]
    case 'subscription':
      return []
  }
}

function leafOfFetch(node: Fetch, way: readonly string[], around: readonly Around[]): Leaf {
  const { selectionSet } = operationIn(node)
  const set = node.needs ? entitiesIn(selectionSet) : selectionSet
  return {
    node,
    around,
    brings: [{ way, set }],
    needs: [treeAt(way, treeOfNeeds(node.needs ?? []))],
    isFirst: node.operationKind === 'mutation' || isRenamed(node),
  }
}

function leafOfBatch(node: BatchFetch, base: readonly string[], around: readonly Around[]): Leaf {
  const { selectionSet } = operationIn(node)
  const places = node.batches.flatMap((batch) =>
    batch.paths.map((path) => ({ batch, way: [...base, ...keysOf(path)] })),
  )
  return {
    node,
    around,
    brings: places.map(({ batch, way }) => ({ way, set: entitiesIn(selectionSet, batch.alias) })),
    needs: places.map(({ batch, way }) => treeAt(way, treeOfNeeds(batch.needs))),
    isFirst: node.batches.some(isRenamed),
  }
}

function operationIn({ operation }: Fetch | BatchFetch): OperationDefinitionNode {
  const [first] = parse(operation, { noLocation: true }).definitions
  if (first?.kind !== Kind.OPERATION_DEFINITION) throw new Error('A fetch has no operation.')
  return first
}

function entitiesIn(set: SelectionSetNode, alias = '_entities'): SelectionSetNode {
  for (const each of set.selections) {
    if (each.kind !== Kind.FIELD || !each.selectionSet) continue
    if ((each.alias?.value ?? each.name.value) === alias) return each.selectionSet
  }
  throw new Error('An entity fetch asks for no entities.')
}

const isRenamed = ({ outputRewrites }: Pick<Fetch, 'outputRewrites'>) =>
  outputRewrites.some(({ kind }) => kind === 'rename')

const keysOf = (path: readonly PathStep[]): string[] =>
  path.filter((step): step is string => typeof step === 'string' && step !== '@')
