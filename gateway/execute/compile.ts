import type { PlanNode } from '../plan/nodes.ts'
import { compileBatch } from './batch.ts'
import { compileFetch } from './fetch.ts'
import type { Run, Work } from './run.ts'
import type { Path } from './values.ts'
import type { World } from './world.ts'

/** Turns a plan into functions, once for all requests that run it. */
export function compilePlan(node: PlanNode, base: Path, world: World): Work {
  switch (node.kind) {
    case 'sequence':
      return inSequence(node.nodes.map((each) => compilePlan(each, base, world)))
    case 'parallel':
      return inParallel(node.nodes.map((each) => compilePlan(each, base, world)))
    case 'flatten':
      return compilePlan(node.node, [...base, ...node.path], world)
    case 'condition': {
      const yes = node.whenTrue && compilePlan(node.whenTrue, base, world)
      const no = node.whenFalse && compilePlan(node.whenFalse, base, world)
      return (run) => (run.variables[node.variable] === true ? yes?.(run) : no?.(run))
    }
    case 'fetch':
      return compileFetch(node, base, world)
    case 'batch':
      return compileBatch(node, base, world)
    case 'subscription':
      throw new Error('A subscription is opened, not run.')
  }
}

const inSequence =
  (works: readonly Work[]): Work =>
  async (run) => {
    for (const work of works) {
      // Nothing more is asked for a client that has gone.
      if (run.caller.lifetime.ended) return
      await work(run)
    }
  }

const inParallel =
  (works: readonly Work[]): Work =>
  (run: Run) => {
    const waiting = works.flatMap((work) => work(run) ?? [])
    return waiting.length === 0 ? undefined : Promise.all(waiting).then(() => {})
  }
