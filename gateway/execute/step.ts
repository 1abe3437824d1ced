import type { RequestRecord } from '../request.ts'
import type { Run } from './run.ts'

/** Runs the plan. What subgraphs did not answer is missing from the data, and told among the faults. */
export function executeStep(request: RequestRecord): Promise<void> | undefined {
  const { compiled, data, faults, variables, params } = request
  if (!compiled) throw new Error('The request was not planned.')
  const run: Run = {
    data,
    faults,
    variables,
    given: params.variables,
    loaders: new Map(),
    caller: request,
  }
  if (compiled.parts) request.run = run
  return compiled.work?.(run)
}
