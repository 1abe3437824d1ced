import { callerOf, networkOf, nobody } from '@shop/kit/identity'
import type { Limits } from '@shop/kit/limits'
import { visit } from 'graphql'
import { Refusal } from '../answer/refusal.ts'
import type { CheckedDocument } from '../document/documents.ts'
import type { RequestRecord, Step } from '../request.ts'
import { Weigher } from './weigh.ts'

export interface CostSettings {
  /** Of one operation. */
  readonly most: number
  readonly listSize: number
  /** Of one client: filled at an even pace. Without it nobody's is counted. */
  readonly budget?: {
    readonly limits: Limits
    readonly capacity: number
    readonly perSecond: number
  }
}

/** Refuses what would cost more than one operation may, and what a client has no budget left for. */
export function costStep({ most, listSize, budget }: CostSettings): Step {
  const weights = new WeakMap<CheckedDocument, number | null>()

  function costOf({ document, generation, variables }: RequestRecord): number {
    if (!document) throw new Error('The request has no document.')
    const known = weights.get(document)
    if (typeof known === 'number') return known
    const weighing = { schema: generation.schema, applied: generation.supergraph.applied, listSize }
    const cost = new Weigher(weighing, document, variables).weigh()
    // With variables it is another from request to request.
    if (known === undefined) weights.set(document, usesVariables(document) ? null : cost)
    return cost
  }

  return (request) => {
    const cost = costOf(request)
    tell(request, { requested: cost, most })
    if (cost > most)
      throw Refusal.of('COST_EXCEEDED', `This costs ${cost}, and at most ${most} is taken.`)
    return budget && cost > 0 && !request.isAgain ? spend(request, cost, budget) : undefined
  }
}

async function spend(
  request: RequestRecord,
  cost: number,
  { limits, capacity, perSecond }: NonNullable<CostSettings['budget']>,
): Promise<void> {
  const { identity = nobody, address } = request
  const key = callerOf(identity) || `address:${networkOf(address)}`
  const spent = await limits.spend('cost', { key, capacity, perSecond }, cost)
  const left = Math.floor(spent.left)
  tell(request, { requested: cost, left })
  if (spent.isAllowed) return
  throw Refusal.of('COST_EXCEEDED', 'There is no budget left for this now.', {
    status: 429,
    headers: { 'retry-after': String(Math.max(1, Math.ceil(spent.retryAfterMs / 1000))) },
  })
}

/** In headers, and beside the data where it is asked for. */
function tell(request: RequestRecord, cost: { requested: number; left?: number; most?: number }) {
  request.reply ??= {}
  request.reply['x-operation-cost'] = String(cost.requested)
  if (cost.left !== undefined) request.reply['x-budget-left'] = String(cost.left)
  if (request.params.extensions.cost !== true) return
  const known = request.extensions?.cost as object | undefined
  request.extensions = { ...request.extensions, cost: { ...known, ...cost } }
}

function usesVariables({ node }: CheckedDocument): boolean {
  let uses = false
  visit(node, {
    VariableDefinition: () => false,
    Variable: () => {
      uses = true
    },
  })
  return uses
}
