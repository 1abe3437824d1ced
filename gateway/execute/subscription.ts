import type { Fetch, PlanNode } from '../plan/nodes.ts'
import { callWriter } from './call.ts'
import { compilePlan } from './compile.ts'
import { lander } from './fetch.ts'
import { groupOf } from './groups.ts'
import type { SubgraphAnswer, SubgraphCall, SubgraphLink } from './link.ts'
import type { Run } from './run.ts'
import type { World } from './world.ts'

/** A subscription that was planned: one subgraph is followed, and others are asked on each of its events. */
export interface CompiledSubscription {
  readonly service: string
  readonly link: SubgraphLink
  /** What opens it. */
  callOf(run: Pick<Run, 'given' | 'caller'>): SubgraphCall
  /** Takes an event in, and asks for the rest. */
  onEvent(run: Run, event: SubgraphAnswer): Promise<void>
}

interface Subscribing {
  readonly primary: Fetch
  readonly rest?: PlanNode | undefined
}

export function compileSubscription(
  { primary, rest }: Subscribing,
  world: World,
): CompiledSubscription {
  const write = callWriter(primary, groupOf(primary.operation, world.applied))
  const land = lander(primary, [], world)
  const work = rest && compilePlan(rest, [], world)
  return {
    service: primary.service,
    link: world.links(primary.service),
    callOf: (run) => write(run, ''),
    async onEvent(run, event) {
      land(run, event)
      await work?.(run)
    },
  }
}
