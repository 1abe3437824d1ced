import type { SetCookie } from '@shop/kit/request'

/** Cookies of the `__Host-` kind go back over HTTPS to this host alone; loopback has no HTTPS. */
const names = { refresh: 'refresh', guest: 'shop-session' } as const

const nameOf = (name: keyof typeof names, isSecure: boolean) =>
  isSecure ? `__Host-${names[name]}` : names[name]

/** The value of one of our cookies; of two by one name, which a browser never sends, none. */
export function cookieIn(
  header: string | undefined,
  name: keyof typeof names,
  isSecure: boolean,
): string | undefined {
  const wanted = `${nameOf(name, isSecure)}=`
  const all = (header ?? '').split(/; */).filter((part) => part.startsWith(wanted))
  return all.length === 1 ? all[0]?.slice(wanted.length) : undefined
}

/** `Set-Cookie`: read by no script, and sent by no other site's form. */
export function setCookieLine(
  { name, value, maxAgeSeconds }: SetCookie,
  isSecure: boolean,
): string {
  const site = name === 'refresh' ? 'Strict' : 'Lax'
  const parts = [
    `${nameOf(name, isSecure)}=${value}`,
    'Path=/',
    `Max-Age=${value ? maxAgeSeconds : 0}`,
    'HttpOnly',
    `SameSite=${site}`,
    ...(isSecure ? ['Secure'] : []),
  ]
  return parts.join('; ')
}
