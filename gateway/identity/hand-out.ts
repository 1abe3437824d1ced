import type { RequestRecord } from '../request.ts'
import { setCookieLine } from './cookies.ts'

type Header = readonly [name: string, value: string | string[]]

const sessionHeader = 'x-shop-session'

/**
 * What an answer hands out of cookies, as headers. A client that keeps none, or says so by sending a
 * shop session as a header, gets the session in the same header; a browser gets it where no script reads it.
 */
export function handedOut(
  { setCookies = [], headers }: Pick<RequestRecord, 'setCookies' | 'headers'>,
  isSecure: boolean,
): readonly Header[] {
  if (setCookies.length === 0) return []
  const session = setCookies.find(({ name }) => name === 'guest')
  const isByHeader = sessionHeader in headers
  const isBrowser = 'sec-fetch-site' in headers || 'origin' in headers
  const inCookies = isByHeader ? setCookies.filter((each) => each !== session) : setCookies
  const lines = inCookies.map((each) => setCookieLine(each, isSecure))
  const inHeader = session && (isByHeader || !isBrowser)
  return [
    ...(lines.length > 0 ? [['set-cookie', lines] as const] : []),
    ...(inHeader ? [[sessionHeader, session.value] as const] : []),
    ['cache-control', 'no-store'],
  ]
}
