import { type FaultKind, LinkFault, type SubgraphError } from './link.ts'
import type { AnswerPath } from './values.ts'

/** Something that went wrong while data was fetched, told in the answer's `errors`. */
export interface Fault {
  readonly message: string
  readonly code: string
  /** Where in the answer; unknown when a whole fetch failed. */
  readonly path?: AnswerPath | undefined
  readonly service: string
}

const plainCode = /^[A-Z][A-Z0-9_]{0,63}$/
const mostMessage = 1000

/** Of what a subgraph said only its words, a plain code and the place in the answer go on. */
export function faultOf(
  error: SubgraphError,
  service: string,
  path: AnswerPath | undefined,
): Fault {
  const { message, extensions } = error
  const code = (extensions as { code?: unknown } | null | undefined)?.code
  return {
    message:
      typeof message === 'string' && message !== ''
        ? message.slice(0, mostMessage)
        : 'The subgraph answered with an error.',
    code: typeof code === 'string' && plainCode.test(code) ? code : 'DOWNSTREAM_SERVICE_ERROR',
    path,
    service,
  }
}

const said: Record<FaultKind, string> = {
  unreachable: 'A part of the graph could not be reached.',
  late: 'A part of the graph did not answer in time.',
  abandoned: 'The request was abandoned.',
  'too-large': 'A part of the graph answered with too much.',
  'not-graphql': 'A part of the graph did not answer as it should.',
  resting: 'A part of the graph is left alone for a while: it was slow, or failed.',
}

/** Of a fetch that brought nothing. A write that may have happened is said to be unknown. */
export function faultOfLink(error: unknown, service: string, isWrite: boolean): Fault {
  if (!(error instanceof LinkFault)) throw error
  const unknown = isWrite && error.sent
  return {
    message: unknown ? 'It is not known whether this was done.' : said[error.kind],
    code: unknown ? 'UNKNOWN_OUTCOME' : codes[error.kind],
    service,
  }
}

const codes: Record<FaultKind, string> = {
  unreachable: 'UNAVAILABLE',
  late: 'TIMEOUT',
  abandoned: 'ABANDONED',
  'too-large': 'UNAVAILABLE',
  'not-graphql': 'UNAVAILABLE',
  resting: 'UNAVAILABLE',
}

/** A subgraph's own path, when it is one. */
export function pathOf({ path }: SubgraphError): AnswerPath | undefined {
  return Array.isArray(path) && path.every((step) => isStep(step)) ? path : undefined
}

const isStep = (step: unknown) => typeof step === 'string' || typeof step === 'number'
