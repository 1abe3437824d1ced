import type { RequestRecord, Step } from '../request.ts'
import { seenPlan } from './plan.ts'
import { Trace } from './trace.ts'

type Stops = Readonly<Record<'arrived' | 'planned' | 'executed', readonly Step[]>>

const unseen: Stops = { arrived: [], planned: [], executed: [] }

/**
 * For who builds on the shop: how an operation is planned, with `extensions.plan`, and what was
 * fetched for it and when, with `extensions.trace`. `"plan": "only"` runs nothing. A stranger would
 * learn from it what the shop is made of, so these steps are on the road in development alone.
 */
export const seeingWhere = (isDevelopment: boolean): Stops =>
  isDevelopment ? { arrived: [watch], planned: [tellPlan], executed: [tellTrace] } : unseen

function watch(request: RequestRecord): void {
  if (request.isAgain || request.params.extensions.trace !== true) return
  const trace = new Trace()
  request.trace = trace
  request.onFetch = (asked, variables) => trace.begin(asked, variables)
}

function tellPlan(request: RequestRecord): void {
  request.trace?.planned()
  // One that goes on and on is not watched: what is seen of it would grow as long.
  if (request.compiled?.subscription) delete request.onFetch
  const { plan: wanted } = request.params.extensions
  if (wanted !== true && wanted !== 'only') return
  const { node } = request.compiled?.plan ?? {}
  tell(request, { plan: node ? seenPlan(node) : null })
  if (wanted !== 'only') return
  request.answer = JSON.stringify({ data: null, extensions: request.extensions })
}

function tellTrace(request: RequestRecord): void {
  if (request.trace) tell(request, { trace: request.trace.told() })
}

function tell(request: RequestRecord, told: object): void {
  request.extensions = { ...request.extensions, ...told }
}
