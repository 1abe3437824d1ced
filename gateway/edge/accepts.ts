import type { IncomingMessage } from 'node:http'

/** In which form a client takes answers that come one after another; `one` for none. */
export type Form = 'one' | 'event-stream' | 'multipart'

export function formFor({ headers }: IncomingMessage): Form {
  const accept = headers.accept ?? ''
  if (accept.includes('text/event-stream')) return 'event-stream'
  return accept.includes('multipart/mixed') ? 'multipart' : 'one'
}

/** Whether one answer may come in parts: in the form of 2022 of multipart, or as events. */
export const takesParts = ({ headers }: IncomingMessage): boolean =>
  /text\/event-stream|deferSpec="?20220824/i.test(headers.accept ?? '')

/** A client that takes nothing but events gets one answer as an event, too. */
export function takesOnlyEvents({ headers }: IncomingMessage): boolean {
  const accept = headers.accept ?? ''
  return accept.includes('text/event-stream') && !/json|\*\/\*|multipart/.test(accept)
}
