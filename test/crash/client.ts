import { setTimeout } from 'node:timers/promises'
import type { Call, Recorded, Recorder } from '../faults/recorder.ts'

export interface Client {
  /** Once, whatever comes of it. */
  ask(call: Call): Promise<Recorded>
  /** With the same key until it is known what became of it; null when it is over before that. */
  insist(call: Call): Promise<Recorded | null>
  /** From now on as whoever holds the token. */
  enter(token: string): void
}

/** Nobody knows yet, or it may be tried again: a client that means it asks again. */
const passing = new Set([
  ...['UNAVAILABLE', 'INTERNAL', 'IN_PROGRESS', 'UNKNOWN_OUTCOME', 'TIMEOUT', 'RATE_LIMITED'],
])

export interface Named {
  readonly recorder: Recorder
  readonly name: string
  /** As whoever stands between says: the campaign is a trusted proxy. */
  readonly address: string
  readonly isOver: () => boolean
}

export function clientOf({ recorder, name, address, isOver }: Named): Client {
  const call = recorder.clientNamed(name)
  let headers: Record<string, string> = { 'x-forwarded-for': address }
  let session: string | undefined

  async function ask(asked: Call): Promise<Recorded> {
    const cookies = session ? { cookie: session } : {}
    const recorded = await call({ ...asked, headers: { ...headers, ...asked.headers, ...cookies } })
    if (recorded.reply?.codes.includes('GRAPHQL_VALIDATION_FAILED')) {
      throw new Error(`${asked.name} asks for what the graph does not have.`)
    }
    // A guest's shop session comes once, in a cookie.
    session = recorded.reply?.cookies?.at(-1) ?? session
    return recorded
  }

  return {
    ask,
    enter(token) {
      headers = { ...headers, authorization: `Bearer ${token}` }
    },
    async insist(asked) {
      while (!isOver()) {
        const recorded = await ask(asked)
        if (!isPassing(recorded)) return recorded
        await setTimeout(300)
      }
      return null
    },
  }
}

const isPassing = ({ reply }: Recorded) =>
  !reply || reply.status >= 500 || reply.codes.some((code) => passing.has(code))
