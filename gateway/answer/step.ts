import type { Fault } from '../execute/faults.ts'
import { Ended } from '../execute/lifetime.ts'
import { denialOf } from '../identity/denial.ts'
import type { Compiled } from '../plan/compiled.ts'
import type { RequestRecord } from '../request.ts'
import { faultsOfAsked } from './asked.ts'
import { deniedPlaces } from './denied.ts'
import { explain } from './explain.ts'
import { Refusal } from './refusal.ts'

const none = {}
/** More errors than this help nobody. */
const mostErrors = 200

export function answerStep(request: RequestRecord): void {
  request.answer = answerOf(request)
}

/** The data in the order it was asked for, and what went wrong. */
export function answerOf(request: RequestRecord): string {
  const { compiled, data, variables, document, lifetime } = request
  if (!compiled) throw new Error('The request was not planned.')
  if (lifetime.ended?.why === 'abandoned') throw lifetime.ended
  if (document?.denied) request.faults.push(...denials(request, compiled))
  const faults = faultsOfAsked(request.faults, compiled, data)
  const noted = { isWrong: false, introspected: compiled.introspect?.(variables) ?? none }
  const text = compiled.project(data, variables, noted) ?? 'null'
  let answer = `{"data":${text}`
  if (faults.length > 0) answer += `,"errors":${JSON.stringify(toldOf(faults, request))}`
  else if (noted.isWrong) request.extensions = { ...request.extensions, ...completion(request) }
  if (request.degraded) request.extensions = { ...request.extensions, degraded: request.degraded }
  if (request.extensions) answer += `,"extensions":${JSON.stringify(request.extensions)}`
  return `${answer}}`
}

/** At each place where something stands, or would, that is not for who asks. */
function denials({ data, variables, identity }: RequestRecord, { shapes }: Compiled): Fault[] {
  const why = denialOf(identity)
  return deniedPlaces(shapes.root, data, variables).map((path) => ({ ...why, path, service: '' }))
}

/** Faults as the client is told of them, in the client's own names. */
export const toldOf = (
  faults: readonly Fault[],
  { generation, compiled }: Pick<RequestRecord, 'generation' | 'compiled'>,
) =>
  faults.slice(0, mostErrors).map((fault) => {
    const path = fault.path?.map((step) => compiled?.names.clientsOf(step) ?? step)
    return tell({ ...fault, path }, generation.echoes)
  })

const tell = ({ message, path, code, service }: Fault, isDevelopment: boolean) => ({
  message,
  ...(path && { path }),
  extensions: isDevelopment && service ? { code, serviceName: service } : { code },
})

/** Told beside the errors and not among them, as the reference does: no subgraph said anything was wrong. */
function completion({ compiled, data, variables, generation }: RequestRecord) {
  if (!compiled) return {}
  const { typeNames } = generation
  return { valueCompletion: explain(compiled.shapes.root, data, { variables, typeNames }) }
}

/** What a client gets in place of data. */
export function refusalAnswer(refusal: Refusal): string {
  return JSON.stringify({ errors: refusal.errors })
}

/** What was thrown on the road, as a refusal: a fault of ours tells nothing of itself. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  if (error instanceof Ended) return Refusal.of('TIMEOUT', error.message, { status: 504 })
  return Refusal.of('INTERNAL', 'Something went wrong.', { status: 500 })
}
