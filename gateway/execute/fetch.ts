import type { Data } from '../json.ts'
import type { Fetch } from '../plan/nodes.ts'
import { caller, renames } from './call.ts'
import { compileEntities } from './entities.ts'
import { whatClientCalls } from './entity-errors.ts'
import { compileFallback } from './fallback.ts'
import { faultOf, faultOfLink, pathOf } from './faults.ts'
import { groupOf } from './groups.ts'
import type { SubgraphAnswer, SubgraphError } from './link.ts'
import type { Run, Work } from './run.ts'
import { applyRewrites, collect, merge, type Path } from './values.ts'
import type { World } from './world.ts'

export function compileFetch(node: Fetch, base: Path, world: World): Work {
  return node.needs
    ? compileEntities({ ...node, needs: node.needs }, base, world)
    : compileRoot(node, base, world)
}

/** Asks for fields of a root type. */
function compileRoot(node: Fetch, base: Path, world: World): Work {
  const group = groupOf(node.operation, world.applied)
  const ask = caller(node, world, group)
  const fallback = compileFallback(group, world)
  const isWrite = node.operationKind === 'mutation'
  const land = lander(node, base, world)
  return async (run) => {
    const targets = targetsOf(run, base, world)
    if (targets.length === 0) return
    let answer: SubgraphAnswer
    try {
      answer = await ask(run, '')
    } catch (error) {
      fallback?.apply(run, targets)
      if (!fallback?.isWhole) run.faults.push(faultOfLink(error, node.service, isWrite))
      return
    }
    land(run, answer)
  }
}

function targetsOf(run: Run, path: Path, { kinds }: World): Data[] {
  const targets: Data[] = []
  collect(run.data, { path, into: targets, kinds })
  return targets
}

/** Puts what a subgraph answered for a root type where it belongs, and tells what went wrong. */
export function lander(node: Fetch, base: Path, world: World) {
  const renamed = renames(node)
  return (run: Run, { data, errors }: SubgraphAnswer): void => {
    if (errors) tell(errors, { run, renamed, node })
    if (!data) return
    applyRewrites(node.outputRewrites, data, world.kinds)
    for (const target of targetsOf(run, base, world)) merge(target, data, world.kinds)
  }
}

interface Telling {
  readonly run: Run
  readonly renamed: ReadonlyMap<string, string>
  readonly node: Fetch
}

function tell(errors: readonly SubgraphError[], { run, renamed, node }: Telling): void {
  for (const error of errors) {
    const path = pathOf(error)?.map((step) => whatClientCalls(step, { renamed }))
    run.faults.push(faultOf(error, node.service, path))
  }
}
