import type { Till } from './clients/payments.ts'
import type { Checkouts } from './db/checkouts.ts'

export interface NextAction {
  readonly kind: 'CONFIRM_PAYMENT'
  readonly clientSecret: string | null
  readonly redirectUrl: string | null
}

interface Needs {
  checkouts: Checkouts
  till: Till
}

/** Read from payments each time: what opens a payment is kept nowhere else. */
export async function nextActionOf(
  { checkouts, till }: Needs,
  orderId: string,
): Promise<NextAction | null> {
  const at = await checkouts.ofOrder(orderId)
  if (at?.checkout.state !== 'RESTING' || at.checkout.step !== 'authorize') return null
  const payment = await till.payment(orderId, at.owner)
  if (payment?.state !== 'REQUIRES_ACTION') return null
  const { clientSecret, redirectUrl } = payment
  return { kind: 'CONFIRM_PAYMENT', clientSecret, redirectUrl }
}
