import type { SetCookie } from '@shop/kit/request'
import { hold } from '../answer/conditions.ts'
import { Refusal } from '../answer/refusal.ts'
import type { RequestRecord, Step } from '../request.ts'
import type { Sessions } from './sessions.ts'
import { admit } from './step.ts'

/** A cart outlives a summer; the cookie of one who comes back is written anew at log-in and checkout. */
const maxAgeSeconds = 180 * 24 * 60 * 60

const cookieOf = (value: string): SetCookie => ({ name: 'guest', value, maxAgeSeconds })

/** Makes whoever asks for a mutation with `@needsSession` a guest of the shop, before it runs. */
export function sessionStep(sessions: Sessions): Step {
  return (request) => {
    if (request.session || !needsSession(request)) return
    if (!request.carries.cookies) {
      throw Refusal.of('SESSION_NEEDED', 'This gives a shop session: ask it by POST, once.')
    }
    const { session, text } = sessions.issue()
    admit(request, session)
    request.setCookies = [...(request.setCookies ?? []), cookieOf(text)]
  }
}

function needsSession({ document, compiled, generation, variables }: RequestRecord): boolean {
  const { needSession } = generation.supergraph
  if (document?.operation.operation !== 'mutation' || needSession.size === 0) return false
  const fields = compiled?.shapes.root.fields ?? []
  return fields.some(
    ({ name, conditions }) =>
      needSession.has(name) &&
      (conditions === null || conditions.some((each) => hold(each, variables))),
  )
}

/**
 * Issues the session anew where a subgraph asks for it, at log-in and checkout: what was known of
 * it before, to whoever, is then worth nothing.
 */
export function renewalStep(sessions: Sessions): Step {
  // What this gateway wrote itself a moment ago is no wish of a subgraph's.
  const isWish = ({ name, value }: SetCookie) => name === 'guest' && !sessions.read(value)
  return (request) => {
    const { session, setCookies = [] } = request
    const wish = setCookies.findLast(isWish)
    if (!wish) return
    const others = setCookies.filter(({ name }) => name !== 'guest')
    const renewed = session ? [cookieOf(sessions.issue(session.guestId).text)] : []
    request.setCookies = [...others, ...(wish.value === '' ? [wish] : renewed)]
  }
}
