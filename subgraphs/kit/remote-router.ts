import { Pool } from 'undici'
import type { AskedOperation, Router } from './ask.ts'
import type { Answer } from './call.ts'
import { Unavailable, UnknownOutcome } from './errors.ts'
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
    const request = { method: 'POST', path, body, headers, signal } as const
    const { statusCode, body: answer } = await pool.request(request)
    if (statusCode === 401) {
      await answer.dump()
      throw notTaken()
    }
    return (await answer.json()) as Answer
  }

  return {
    // Sent, and no answer: the step's idempotency key settles whether it was done.
    ask: (asked) =>
      ask(asked).catch((fault) => {
        if (fault instanceof Unavailable) throw fault
        if (fault.code === 'ECONNREFUSED') throw notTaken()
        throw new UnknownOutcome('No answer came in time.')
      }),
    [Symbol.asyncDispose]: () => pool.destroy(),
  }
}

/** Nobody listened, or what was asked was not let in: for sure nothing was done. */
const notTaken = () => new Unavailable('A part of the shop is away.')
