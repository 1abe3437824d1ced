import { Pool } from 'undici'
import type { AskedOperation, Router } from './ask.ts'
import type { Answer } from './call.ts'
import { UnknownOutcome } from './errors.ts'
import { serviceNamed } from './identity.ts'
import type { Keys } from './keys.ts'
import { callHeader, signed } from './signature.ts'
import { traceparent } from './tracing.ts'

/** The asks' listener of a gateway in another process; each call is signed with the asker's own key. */
export function remoteRouter(url: string, keys: Keys): AsyncDisposable & { ask: Router } {
  const { origin, pathname: path } = new URL(url)
  const pool = new Pool(origin, { connections: 16 })

  async function ask({ service, actsFor, deadline, ...asked }: AskedOperation): Promise<Answer> {
    const body = JSON.stringify(asked)
    const identity = { ...serviceNamed(service), ...(actsFor && { actsFor }) }
    const said = { identity, deadlineMs: deadline, traceparent: traceparent() }
    const header = signed(said, { audience: 'gateway', keyOf: service, body }, keys)
    const headers = { 'content-type': 'application/json', [callHeader]: header }
    const signal = AbortSignal.timeout(Math.max(1, deadline - Date.now()))
    const { body: answer } = await pool.request({ method: 'POST', path, body, headers, signal })
    return (await answer.json()) as Answer
  }

  return {
    // Sent, and no answer: the step's idempotency key settles whether it was done.
    ask: (asked) =>
      ask(asked).catch(() => {
        throw new UnknownOutcome('No answer came in time.')
      }),
    [Symbol.asyncDispose]: () => pool.destroy(),
  }
}
