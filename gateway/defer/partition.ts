import type { PlanNode } from '../plan/nodes.ts'
import { brings, isNeeded, type Leaf, leavesOf } from './leaves.ts'
import type { Tree } from './trees.ts'

/** What one deferred part adds to a plan. */
export interface Portion {
  readonly node: PlanNode | undefined
  /** Parts before it that fetch something it needs, too. */
  readonly awaits: readonly number[]
}

export interface Portions {
  readonly first: PlanNode | undefined
  readonly later: readonly Portion[]
}

/**
 * Cuts a plan between its fetches: those that the first answer needs, and for each part that comes
 * later those it needs beside them. Each fetch is in one of them, so together they are the plan.
 */
export function partition(plan: PlanNode, first: Tree, later: readonly Tree[]): Portions {
  const leaves = leavesOf(plan)
  const owners = new Map<Leaf, number>()
  const wanted = later.map((tree) => neededFor(leaves, (leaf) => brings(leaf, tree)))
  const isNobodys = (leaf: Leaf) => !wanted.some((set) => set.has(leaf))
  const now = neededFor(leaves, (leaf) => leaf.isFirst || brings(leaf, first) || isNobodys(leaf))
  for (const leaf of now) owners.set(leaf, atFirst)
  wanted.forEach((set, part) => {
    for (const leaf of set) if (!owners.has(leaf)) owners.set(leaf, part)
  })
  const nodesOf = (owner: number) =>
    new Set<PlanNode>(leaves.filter((leaf) => owners.get(leaf) === owner).map(({ node }) => node))
  return {
    first: only(plan, nodesOf(atFirst)),
    later: wanted.map((set, part) => {
      const others = [...set].map((leaf) => owners.get(leaf) ?? atFirst)
      const awaits = [...new Set(others)].filter((owner) => owner !== atFirst && owner !== part)
      return { node: only(plan, nodesOf(part)), awaits }
    }),
  }
}

const atFirst = -1

/** With all that must have been before. */
function neededFor(leaves: readonly Leaf[], isWanted: (leaf: Leaf) => boolean): Set<Leaf> {
  const needed = new Set(leaves.filter(isWanted))
  for (const leaf of needed) {
    for (const other of leaves) if (isNeeded(other, leaf)) needed.add(other)
  }
  return needed
}

/** A plan with these fetches alone, in their order. */
function only(node: PlanNode, kept: ReadonlySet<PlanNode>): PlanNode | undefined {
  switch (node.kind) {
    case 'sequence':
    case 'parallel': {
      const nodes = node.nodes.flatMap((each) => only(each, kept) ?? [])
      return nodes.length > 0 ? { ...node, nodes } : undefined
    }
    case 'flatten': {
      const inner = only(node.node, kept)
      return inner && { ...node, node: inner }
    }
    case 'condition':
      return onlyOfCondition(node, kept)
    default:
      return kept.has(node) ? node : undefined
  }
}

function onlyOfCondition(
  node: PlanNode & { kind: 'condition' },
  kept: ReadonlySet<PlanNode>,
): PlanNode | undefined {
  const whenTrue = node.whenTrue && only(node.whenTrue, kept)
  const whenFalse = node.whenFalse && only(node.whenFalse, kept)
  return whenTrue || whenFalse ? { ...node, whenTrue, whenFalse } : undefined
}
