import { Refusal } from '../answer/refusal.ts'
import { deferralsOf } from '../defer/active.ts'
import type { RequestRecord } from '../request.ts'
import { settled } from './settled.ts'

/** From a valid document to functions that fetch and answer it. */
export function planStep(request: RequestRecord): Promise<void> | undefined {
  const { document, generation } = request
  if (!document) throw new Error('The request has no document.')
  if (document.operation.operation === 'subscription' && !request.carries.events) {
    throw Refusal.of('SUBSCRIPTION_NEEDS_STREAM', 'Accept text/event-stream or multipart/mixed.', {
      status: 406,
    })
  }
  const asked = settled(document, request.variables)
  const compiled = generation.operations.get(asked, deferralsOf(request))
  if (!(compiled instanceof Promise)) {
    request.compiled = compiled
    return undefined
  }
  return compiled.then((ready) => {
    request.compiled = ready
  })
}
