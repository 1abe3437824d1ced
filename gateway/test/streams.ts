import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Data } from '../json.ts'
import type { Router } from '../router.ts'

export interface Asking {
  readonly query: string
  readonly variables?: Data
  readonly headers?: Readonly<Record<string, string>>
}

// biome-ignore lint/suspicious/noExplicitAny: JSON, as it came.
export type Told = any

export interface Streamed extends AsyncDisposable {
  readonly status: number
  readonly type: string
  /** The next answer; null when the stream is complete, `'broken'` when it broke off. */
  next(): Promise<Told>
  /** What is left until it ends. */
  rest(): Promise<Told[]>
}

/** Opens a stream of server-sent events, as a browser would. */
export async function streamed({ url }: Router, asking: Asking): Promise<Streamed> {
  const { query, variables = {}, headers } = asking
  const leaving = new AbortController()
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...headers },
    body: JSON.stringify({ query, variables }),
    signal: leaving.signal,
  })
  const answers = answersIn(response)
  const next = async () => (await answers.next()).value ?? null
  return {
    status: response.status,
    type: response.headers.get('content-type') ?? '',
    next,
    async rest() {
      const all = []
      for (let told = await next(); told !== null; told = await next()) all.push(told)
      return all
    },
    async [Symbol.asyncDispose]() {
      leaving.abort()
    },
  }
}

async function* answersIn(response: Response): AsyncGenerator<Told, null> {
  try {
    for await (const block of blocksIn(response)) {
      if (block.startsWith('event: complete')) return null
      if (block.startsWith('event: next')) yield JSON.parse(block.slice(block.indexOf('data:') + 5))
    }
  } catch {}
  yield 'broken'
  return null
}

async function* blocksIn({ body }: Response): AsyncGenerator<string> {
  let rest = ''
  for await (const chunk of Readable.fromWeb(body as never)) {
    rest += Buffer.from(chunk).toString()
    const blocks = rest.split('\n\n')
    rest = blocks.pop() ?? ''
    yield* blocks
  }
}

/** Waits until something is so, for as long as a busy machine may take. */
export async function until(isSo: () => boolean): Promise<void> {
  for (let waited = 0; waited < 10_000 && !isSo(); waited += 10) await sleep(10)
  if (!isSo()) throw new Error(`It did not come to be so: ${isSo}`)
}
