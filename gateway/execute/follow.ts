import { Pool } from 'undici'
import { eventsOf } from './event-stream.ts'
import { isAnswer, LinkFault, type SubgraphAnswer, type SubgraphCall } from './link.ts'

interface Following {
  readonly origin: string
  readonly path: string
  readonly mostBytes: number
  /** Until the stream is open. */
  readonly timeoutMs: number
  /** Without so much as a heartbeat, the other side is taken for dead; 0 for never. */
  readonly silenceMs: number
}

type Follow = (
  call: SubgraphCall,
  headers: readonly string[],
  signal: AbortSignal,
) => AsyncIterable<SubgraphAnswer>

/**
 * Subscriptions of a subgraph as server-sent events, in the manner of graphql-sse's distinct
 * connections. Each holds a connection for as long as it lasts, so they have others than questions.
 */
export function follower({ origin, path, mostBytes, timeoutMs, silenceMs }: Following) {
  let pool: Pool | null = null

  async function opened(call: SubgraphCall, own: readonly string[], signal: AbortSignal) {
    pool ??= new Pool(origin, { pipelining: 1 })
    try {
      return await pool.request({
        method: 'POST',
        path,
        headers: [...headers, ...own],
        body: call.body,
        signal,
        headersTimeout: timeoutMs,
        bodyTimeout: silenceMs,
      })
    } catch (error) {
      throw new LinkFault('unreachable', true, error)
    }
  }

  const follow: Follow = async function* (call, own, signal) {
    const { headers: said, body } = await opened(call, own, signal)
    const type = String(said['content-type'])
    if (/^application\/([\w.-]+\+)?json\b/i.test(type)) {
      // Refused before there was a stream.
      yield answerIn(await body.text())
    } else if (/^text\/event-stream\b/i.test(type)) {
      yield* answersOf(body, mostBytes)
    } else {
      body.destroy()
      throw new LinkFault('not-graphql', true)
    }
  }

  return { follow, close: async () => pool?.destroy() }
}

const headers = ['content-type', 'application/json', 'accept', 'text/event-stream']

async function* answersOf(
  body: AsyncIterable<Buffer>,
  mostBytes: number,
): AsyncIterable<SubgraphAnswer> {
  try {
    for await (const { name, data } of eventsOf(body, mostBytes)) {
      if (name === 'complete') return
      if (data !== '') yield answerIn(data)
    }
  } catch (error) {
    throw error instanceof LinkFault ? error : new LinkFault('unreachable', true, error)
  }
  throw new LinkFault('unreachable', true)
}

function answerIn(text: string): SubgraphAnswer {
  try {
    const answer: unknown = JSON.parse(text)
    if (isAnswer(answer)) return answer
  } catch {}
  throw new LinkFault('not-graphql', true)
}
