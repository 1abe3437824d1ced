import type { IncomingMessage } from 'node:http'

/**
 * Whether it comes from a page of this host, or from no page at all. Browsers say where a page is
 * from and no page can make them say otherwise; a WebSocket they let any page open.
 */
export function isFromHere(
  { headers }: Pick<IncomingMessage, 'headers'>,
  origins: readonly string[],
): boolean {
  const { origin, host } = headers
  if (origin === undefined || origins.includes(origin)) return true
  return URL.canParse(origin) && new URL(origin).host === host
}
