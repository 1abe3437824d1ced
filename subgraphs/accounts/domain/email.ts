import { BadUserInput } from '@shop/kit/errors'

/** RFC 5321: 64 octets before the @, 254 in all. What is quoted or has comments is not taken. */
const mostBytes = 254
const mostLocalBytes = 64
const shape = /^[^\s\p{C}@"(),:;<>[\]\\]+@[^\s\p{C}@]+$/u
const host = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/

/**
 * The one form of an address that is stored, looked up and written to. Two spellings that look
 * alike (full-width letters, the Kelvin sign, capitals) are one address, and mail goes to that one,
 * so no look-alike domain is ever mailed what belongs to another.
 */
export function canonicalEmail(text: string): string {
  if (text.length > 1000) throw bad()
  const folded = text.normalize('NFKC').trim().toLowerCase().normalize('NFKC')
  if (!shape.test(folded)) throw bad()
  const at = folded.lastIndexOf('@')
  const email = `${folded.slice(0, at)}@${asciiHost(folded.slice(at + 1))}`
  const isLong = Buffer.byteLength(email) > mostBytes || Buffer.byteLength(email, 'utf8') < 3
  if (isLong || Buffer.byteLength(folded.slice(0, at)) > mostLocalBytes) throw bad()
  return email
}

const bad = () => new BadUserInput('This is no e-mail address.')

/** Punycode by the URL standard (UTS 46). */
function asciiHost(name: string): string {
  const ascii = URL.parse(`http://${name}/`)?.hostname ?? ''
  if (!host.test(ascii)) throw bad()
  return ascii
}
