import { Refusal } from '../answer/refusal.ts'
import type { RequestRecord } from '../request.ts'

/** A subscription is not run but listened to: its road goes on with each event. */
export function subscribeStep(request: RequestRecord): void {
  const { document, compiled, faults, carries, isAgain } = request
  if (document?.operation.operation !== 'subscription') return
  if (!compiled?.subscription) throw refusalOf(faults)
  request.events = isAgain || !carries.events ? nothing : carries.events(request)
}

const nothing = { kind: 'answers', listen: () => () => {} } as const

/** Nothing is left of it that may be asked. */
function refusalOf(faults: RequestRecord['faults']): Refusal {
  const told = faults.map(({ message, path, code }) => ({ message, path, extensions: { code } }))
  return told.length > 0
    ? new Refusal(told)
    : Refusal.of('BAD_REQUEST', 'There is nothing to subscribe to.')
}
