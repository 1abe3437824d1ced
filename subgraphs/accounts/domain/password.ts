import { BadUserInput, ShopError } from '@shop/kit/errors'
import { commonPasswords } from './common-passwords.ts'

export class PasswordRefused extends ShopError {
  readonly code = 'PASSWORD_REFUSED'
}

/** The same for a wrong password and for an address that nobody has. */
export class BadCredentials extends ShopError {
  readonly code = 'BAD_CREDENTIALS'
}

const mostBytes = 1024

/** As it is hashed: NFKC, so that a keyboard's way of composing letters does not matter. */
export function preparedPassword(text: string): string {
  if (text.length > mostBytes || Buffer.byteLength(text) > mostBytes) {
    throw new BadUserInput('A password has at most 1,024 bytes.')
  }
  return text.normalize('NFKC')
}

/** The same, for one that is about to be set. */
export function newPassword(text: string, email: string): string {
  const password = preparedPassword(text)
  const length = [...password].length
  if (length < 8) throw new PasswordRefused('A password has at least 8 characters.')
  if (length > 128) throw new PasswordRefused('A password has at most 128 characters.')
  const plain = password.toLowerCase()
  if (commonPasswords.has(plain)) {
    throw new PasswordRefused('This password is among the first that are tried anywhere.')
  }
  if (plain === email || plain === email.slice(0, email.indexOf('@'))) {
    throw new PasswordRefused('This password is your e-mail address.')
  }
  return password
}
