import { appendFileSync } from 'node:fs'
import { scrubbed } from '@shop/kit/redaction'

/** A call of a client and what became of it. */
export interface Recorded {
  readonly client: string
  /** The operation's name. */
  readonly name: string
  readonly variables: unknown
  readonly sentAt: number
  readonly doneAt: number
  /** What came; null when nothing did, and then nobody knows whether it was done. */
  readonly reply: Reply | null
  /** Why nothing came. */
  readonly fault?: string
}

export interface Reply {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: JSON, as it came.
  readonly data: any
  readonly codes: readonly string[]
  /** What it set, each as it is sent back. */
  readonly cookies?: readonly string[]
}

export interface Call {
  readonly name: string
  readonly query: string
  readonly variables?: object
  readonly headers?: Readonly<Record<string, string>>
  readonly timeoutMs?: number
}

export interface Recorder {
  readonly calls: readonly Recorded[]
  /** A client of the one endpoint: never throws, and all it does is written down. */
  clientNamed(client: string): (call: Call) => Promise<Recorded>
}

/** Writes down every call and reply, in memory and, when a file is named, a line each. */
export function recorderAt(url: string, file?: string): Recorder {
  const calls: Recorded[] = []

  function note(recorded: Recorded): Recorded {
    calls.push(recorded)
    if (file) appendFileSync(file, `${JSON.stringify(shown(recorded))}\n`)
    return recorded
  }

  return {
    calls,
    clientNamed: (client) => async (call) => {
      const { name, variables = {} } = call
      const asked = { client, name, variables, sentAt: Date.now() }
      try {
        const reply = await sent(url, call)
        return note({ ...asked, doneAt: Date.now(), reply })
      } catch (fault) {
        return note({ ...asked, doneAt: Date.now(), reply: null, fault: reasonOf(fault) })
      }
    },
  }
}

/** A folder that is handed on for its faults holds nobody's password, address or token. */
const shown = ({ variables, reply, ...call }: Recorded) => ({
  ...call,
  variables: scrubbed(variables),
  reply: scrubbed(reply),
})

/** With what lies behind it: a refused connection and one that broke are called the same by fetch. */
function reasonOf(fault: unknown): string {
  const { code, message } = ((fault as Error).cause ?? {}) as { code?: string; message?: string }
  return [fault, code, message].filter(Boolean).join(': ')
}

async function sent(url: string, { query, name, variables, headers, timeoutMs }: Call) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, operationName: name, variables }),
    signal: AbortSignal.timeout(timeoutMs ?? 30_000),
  })
  const { data = null, errors = [] } = (await response.json()) as {
    data?: unknown
    errors?: { extensions?: { code?: string } }[]
  }
  const codes = errors.map(({ extensions }) => extensions?.code ?? 'NONE')
  const cookies = response.headers.getSetCookie().flatMap((set) => set.split(';')[0] ?? [])
  return { status: response.status, data, codes, ...(cookies.length > 0 && { cookies }) }
}
