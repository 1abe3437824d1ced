import { Refusal } from '../answer/refusal.ts'

/** Ends of a subscription that is well worth opening again: `retryable` says so to the client. */
const ending = (code: string, message: string) =>
  new Refusal([{ message, extensions: { code, retryable: true } }], { status: 503 })

export const expired = () =>
  ending('TOKEN_EXPIRED', 'The access token is over: come with a new one.')

export const broken = () => ending('UNAVAILABLE', 'A part of the graph broke off.')

export const overrun = () =>
  ending('TOO_MANY_EVENTS', 'Events came faster than they can be answered.')

export const closing = () => ending('CLOSING', 'This server is closing: another takes over.')

/** The supergraph is another now, and this is no operation of it, or no longer for who asked it. */
export const changed = ({ errors }: Refusal) => {
  const [first] = errors
  return ending('SCHEMA_CHANGED', `The graph has changed. ${first?.message ?? ''}`.trim())
}
