import { performance } from 'node:perf_hooks'
import { Refusal } from '../answer/refusal.ts'
import type { CheckedDocument } from '../document/documents.ts'
import type { RequestRecord, Step } from '../request.ts'
import { Admission, type Leave, usualAdmission } from './admission.ts'
import { type Importance, importanceOf, isSelling } from './importance.ts'
import { usualPlaces } from './places.ts'
import { Stretch, type Usual } from './stretch.ts'

interface Known {
  readonly isSelling: boolean
  readonly usual: Usual
}

export interface Shedding {
  readonly stretch: Stretch
  readonly admission: Admission
}

export function usualShedding(): Shedding {
  const stretch = new Stretch()
  let last = performance.eventLoopUtilization()
  const busy = () => {
    const now = performance.eventLoopUtilization()
    const { utilization } = performance.eventLoopUtilization(now, last)
    last = now
    return utilization
  }
  const settings = { ...usualAdmission, places: usualPlaces }
  return {
    stretch,
    admission: new Admission(settings, { now: () => performance.now(), busy }, stretch),
  }
}

/** Takes as many at once as there is use in, lets the others wait, and sends away at once who would wait too long. */
export function shedStep(
  { admission, stretch }: Shedding = usualShedding(),
  onShed: (importance: Importance) => void = () => {},
): Step {
  const known = new WeakMap<CheckedDocument, Known>()

  function knownOf({ document, generation }: RequestRecord): Known {
    if (!document) throw new Error('The request has no document.')
    let found = known.get(document)
    if (!found) {
      found = { isSelling: isSelling(document, generation), usual: { ms: 0 } }
      known.set(document, found)
    }
    return found
  }

  return (request) => {
    if (request.isAgain) return
    const { isSelling: sells, usual } = knownOf(request)
    const importance = importanceOf(request, sells)
    const place = admission.enter(importance, (gone) => request.lifetime.onEnd(gone))
    const begin = (leave: Leave | null) => {
      if (leave) leaveWith(request, leave, { stretch, usual, isSelling: sells, admission })
      else {
        onShed(importance)
        throw refusal()
      }
    }
    return place instanceof Promise ? place.then(begin) : begin(place)
  }
}

interface Timing extends Shedding, Known {}

function leaveWith(request: RequestRecord, leave: Leave, timing: Timing): void {
  const { stretch, usual, isSelling: sells, admission } = timing
  const began = performance.now()
  const { places, taken } = admission.counts
  const hadRoom = taken * 2 <= places
  request.leaving ??= []
  request.leaving.push(() => {
    // A walk of a checkout waits for banks, and says nothing of us.
    if (!sells) stretch.note(usual, performance.now() - began, hadRoom)
    leave()
  })
}

const refusal = () =>
  Refusal.of('OVERLOADED', 'Too much is asked at the moment. Please come again.', {
    status: 503,
    // Not all at the same second.
    headers: { 'retry-after': String(1 + Math.floor(Math.random() * 3)) },
  })
