import { BadRows } from '@shop/kit/learn/refusals'
import type { Order } from './orders.ts'
import type { SignUp } from './sign-ups.ts'

type Raw = Readonly<Record<string, unknown>>

/** Of what came from outside: an order, of which whatever cannot be read is unknown. */
export function orderFrom(raw: unknown): Order {
  const fields = fieldsOf(raw)
  return {
    at: timeIn(fields),
    customer: textIn(fields, 'customer'),
    address: textIn(fields, 'address'),
    device: textIn(fields, 'device'),
    category: textIn(fields, 'category'),
    merchant: textIn(fields, 'merchant'),
    amount: numberIn(fields, 'amount'),
  }
}

export function signUpFrom(raw: unknown): SignUp {
  const fields = fieldsOf(raw)
  return {
    at: timeIn(fields),
    address: textIn(fields, 'address'),
    email: textIn(fields, 'email').toLowerCase(),
  }
}

function fieldsOf(raw: unknown): Raw {
  if (typeof raw === 'object' && raw !== null && !Array.isArray(raw)) return raw as Raw
  throw new BadRows('What is assessed has to be an object.')
}

/** Days since 1970. Without a time no window is known, so it cannot be assessed. */
function timeIn(fields: Raw): number {
  const { at } = fields
  if (typeof at === 'number' && at >= 0 && at < 100_000) return at
  throw new BadRows('The field at has to be a number of days since 1970.')
}

/** Longer texts are no addresses, names or devices. */
function textIn(fields: Raw, name: string): string {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined
  return typeof value === 'string' && value.length <= 320 ? value : ''
}

function numberIn(fields: Raw, name: string): number {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined
  return typeof value === 'number' && value >= 0 && value < 1e12 ? value : Number.NaN
}
