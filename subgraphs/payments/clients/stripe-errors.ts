import { InProgress, UnknownOutcome } from '@shop/kit/errors'
import Stripe from 'stripe'

const { errors } = Stripe

/** Of an object that is not in the state that was asked from: somebody was there first. */
export const isPast = (error: unknown): boolean =>
  error instanceof errors.StripeInvalidRequestError &&
  ['payment_intent_unexpected_state', 'setup_intent_unexpected_state'].includes(error.code ?? '')

interface Failure {
  readonly decline_code?: string | undefined
  readonly code?: string | undefined
}

/** The bank's own reason comes first; it is empty where the bank gives none. */
export const reasonOf = ({ decline_code, code }: Failure): string =>
  decline_code || code || 'card_declined'

/** A refusal that will not change: of the card, or of what was named. */
export function refusalOf(error: unknown): string | null {
  if (error instanceof errors.StripeCardError) return reasonOf(error)
  const isOfRequest = error instanceof errors.StripeInvalidRequestError && !isPast(error)
  return isOfRequest ? (error.code ?? 'invalid_request') : null
}

/** Stripe answers a key with the fault it once had for it, for as long as it knows the key. */
const isStored = (error: unknown): boolean =>
  error instanceof errors.StripeAPIError && error.headers?.['idempotent-replayed'] === 'true'

/** In the shop's words: it may have been done, and the key settles whether it was. */
function unknown(error: unknown): unknown {
  if (error instanceof errors.StripeAPIError && error.statusCode === 409) {
    return new InProgress('The provider is still at it; ask again.')
  }
  const isAway =
    error instanceof errors.StripeConnectionError ||
    error instanceof errors.StripeAPIError ||
    error instanceof errors.StripeRateLimitError
  return isAway
    ? new UnknownOutcome('The provider did not say; ask again.', { cause: error })
    : error
}

export async function inOurWords<R>(asking: Promise<R>): Promise<R> {
  try {
    return await asking
  } catch (error) {
    throw unknown(error)
  }
}

interface Deed<R> {
  readonly key: string
  readonly ask: (idempotencyKey: string) => Promise<R>
  /** What is so after all; null where it was not done. */
  readonly look: () => Promise<R | null>
}

const rounds = 3

/** Under one key it is done once. Where only a stored fault is to be had, it is looked up, and then asked under the next key. */
export async function doOnce<R>({ key, ask, look }: Deed<R>): Promise<R> {
  for (let round = 0; round < rounds; round += 1) {
    const done = await tried({ key: round === 0 ? key : `${key}:${round}`, ask, look })
    if (done) return done
  }
  throw new UnknownOutcome('The provider has a fault; ask again.')
}

async function tried<R>({ key, ask, look }: Deed<R>): Promise<R | null> {
  try {
    return await ask(key)
  } catch (error) {
    if (isStored(error)) return look()
    throw error
  }
}

/** What was asked to go is not there, or was never kept. */
export const isGone = (error: unknown): boolean => error instanceof errors.StripeInvalidRequestError
