import { nobody } from '@shop/kit/identity'
import { Refusal } from '../answer/refusal.ts'
import { denialOf } from '../identity/denial.ts'
import type { RequestRecord } from '../request.ts'

/** A subscription is not run but listened to: its road goes on with each event. */
export function subscribeStep(request: RequestRecord): void {
  const { document, compiled, carries, isAgain } = request
  if (document?.operation.operation !== 'subscription') return
  if (!compiled?.subscription) throw refusalOf(request)
  request.events = isAgain || !carries.events ? nothing : carries.events(request)
}

const nothing = { kind: 'answers', listen: () => () => {} } as const

/** Nothing is left of it that may be asked. */
function refusalOf({ document, identity = nobody }: RequestRecord): Refusal {
  if (!document?.denied) return Refusal.of('BAD_REQUEST', 'There is nothing to subscribe to.')
  const { code, message } = denialOf(identity)
  return Refusal.of(code, message)
}
