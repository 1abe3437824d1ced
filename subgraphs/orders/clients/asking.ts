import { type AskOperation, Refused } from '@shop/kit/ask'
import { UnknownOutcome } from '@shop/kit/errors'
import type { Log } from '@shop/kit/log'
import type { Happening } from '../domain/checkout-machine.ts'
import { type Refusal, reasonOf } from '../domain/refusal.ts'

/** Codes that say nothing of whether it was done, or that it may yet be. */
const inDoubt = new Set([
  'ABANDONED',
  'DEADLINE_EXCEEDED',
  'DOWNSTREAM_SERVICE_ERROR',
  'INTERNAL',
  'IN_PROGRESS',
  'RATE_LIMITED',
  'TIMEOUT',
  'UNAVAILABLE',
  'UNKNOWN_OUTCOME',
])

const isInDoubt = (fault: unknown): boolean =>
  !(fault instanceof Refused) || inDoubt.has(fault.code)

export interface Question {
  readonly operation: string
  readonly variables: Readonly<Record<string, unknown>>
  /** The shopper or guest for whom it is asked. */
  readonly actsFor: string
  readonly timeoutMs: number
}

/**
 * Asks within its time, whatever becomes of the answer: one that comes later is of a step whose
 * outcome was not known, and is found again by its key.
 */
export async function asked<Data>(
  ask: AskOperation,
  { operation, variables, actsFor, timeoutMs }: Question,
): Promise<Data> {
  const late = Promise.withResolvers<never>()
  const refuse = () => late.reject(new UnknownOutcome('No answer came in time.'))
  const timer = setTimeout(refuse, timeoutMs)
  try {
    const answer = ask<Data>(operation, variables, { actsFor, timeoutMs })
    // Of one that comes too late nobody is told.
    answer.catch(() => {})
    return await Promise.race([answer, late.promise])
  } finally {
    clearTimeout(timer)
  }
}

/** What a step came to: a refusal that nobody can doubt bars the walk, anything else is unknown. */
export async function stepped(
  log: Log,
  work: () => Promise<Happening>,
  refusal?: Refusal,
): Promise<Happening> {
  try {
    return await work()
  } catch (fault) {
    const { code, message } = fault as { code?: string; message: string }
    log.warn(`a step of a checkout was not answered: ${code ?? ''} ${message}`)
    if (isInDoubt(fault)) return { kind: 'unknown' }
    const isUndone = fault instanceof Refused && fault.code === 'STEP_UNDONE'
    return refusal && !isUndone
      ? { kind: 'barred', reason: reasonOf(refusal), refusal }
      : { kind: 'barred', reason: 'UNAVAILABLE' }
  }
}
