import type { ServerResponse } from 'node:http'
import type { Refusal } from '../answer/refusal.ts'
import { refusalAnswer } from '../answer/step.ts'
import type { Events } from '../subscribe/events.ts'

/** How answers that come one after another are written. */
interface Writing {
  readonly type: string
  readonly head: string
  /** A comment, so that nobody between takes the stream for dead. */
  readonly beat: string | null
  next(answer: string): string
  readonly tail: string
}

/** In the manner of graphql-sse's distinct connections. */
export const asEvents: Writing = {
  type: 'text/event-stream; charset=utf-8',
  head: ':\n\n',
  beat: ':\n\n',
  next: (answer) => `event: next\ndata: ${answer}\n\n`,
  tail: 'event: complete\ndata:\n\n',
}

const part = (json: string) => `\r\ncontent-type: application/json\r\n\r\n${json}\r\n--graphql`

/** In the manner of Apollo Client's multipart subscriptions. */
export const asParts: Writing = {
  type: 'multipart/mixed;boundary="graphql";subscriptionSpec=1.0',
  head: '--graphql',
  beat: part('{}'),
  next: (answer) => part(`{"payload":${answer}}`),
  tail: '--\r\n',
}

/** As Apollo Client takes deferred parts: the proposal for incremental delivery of 24 August 2022. */
export const asDeferred: Writing = {
  type: 'multipart/mixed;boundary="-";deferSpec=20220824',
  head: '---',
  beat: null,
  next: (answer) => `\r\ncontent-type: application/json; charset=utf-8\r\n\r\n${answer}\r\n---`,
  tail: '--\r\n',
}

const beatMs = 10_000

interface Streaming {
  readonly writing: Writing
  /** A client that is further behind is let go: what it has not read is kept for nobody. */
  readonly mostUnreadBytes: number
}

/** Writes events for as long as both sides are there. */
export function stream(
  response: ServerResponse,
  events: Events,
  { writing, mostUnreadBytes }: Streaming,
): void {
  // Set, and not only written: whoever times answers leaves streams out.
  response.setHeader('content-type', writing.type)
  response.setHeader('cache-control', 'no-store')
  response.setHeader('x-content-type-options', 'nosniff')
  // Who comes again after its end may have to come to another server.
  response.shouldKeepAlive = false
  response.writeHead(200)
  response.write(writing.head)
  const write = (text: string) => {
    response.write(text)
    if (response.writableLength > mostUnreadBytes) response.destroy()
  }
  const { beat: comment } = writing
  const beat = comment === null ? undefined : setInterval(() => write(comment), beatMs)
  const leave = events.listen({
    next: (answer) => write(writing.next(answer)),
    end(why?: Refusal) {
      response.end((why ? writing.next(refusalAnswer(why)) : '') + writing.tail)
    },
  })
  response.once('close', () => {
    clearInterval(beat)
    leave()
  })
}

/** One answer, for a client that takes nothing but events. */
export function sendAsEvent(response: ServerResponse, answer: string): void {
  if (response.destroyed || response.headersSent) return
  const { type, next, tail } = asEvents
  response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' })
  response.end(next(answer) + tail)
}
