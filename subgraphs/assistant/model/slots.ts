import { longestText } from './words.ts'

/** What a message names. Each is read from its own words; what is not there is not there. */
export interface Slots {
  readonly orderNumber?: string
  readonly email?: string
  /** Minor units and currency, where both stand in the text. */
  readonly amount?: { readonly amountMinor: number; readonly currency: string }
  /** A calendar day, `2026-03-01`. */
  readonly date?: string
  /** Of the products that the caller handed in, the one whose name the message has. */
  readonly productId?: string
}

export interface Product {
  readonly id: string
  readonly name: string
}

/** Parses, never guesses: a slot with two different readings is left out. */
export function slotsIn(message: string, products: readonly Product[] = []): Slots {
  const text = message.slice(0, longestText).toWellFormed()
  const found = {
    orderNumber: only(orderNumbers(text)),
    email: only((text.match(address) ?? []).map((each) => each.toLowerCase())),
    amount: only(amounts(text)),
    date: only(dates(text)),
    productId: only(namedProducts(text, products)),
  }
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined))
}

function only<T>(values: readonly T[]): T | undefined {
  const different = new Map(values.map((value) => [JSON.stringify(value), value]))
  return different.size === 1 ? [...different.values()][0] : undefined
}

const address = /[\w.+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4}/gi
const orderWord =
  /\b(?:order|purchase|bestellung|commande|pedido|ordine|encomenda)\s*(?:no\.?|number|nr\.?|num[eé]ro|id)?\s*(?:is|:)?\s*#?\s*([A-Z]{0,4}-?\d[\dA-Z-]{2,23})\b/giu
const hashed = /#\s?([A-Z]{0,4}-?\d[\dA-Z-]{2,23})\b/giu

const orderNumbers = (text: string) =>
  [orderWord, hashed].flatMap((form) =>
    Array.from(text.matchAll(form), ([, number = '']) => number.toUpperCase()),
  )

const signs: Readonly<Record<string, string>> = { $: 'USD', '€': 'EUR', '£': 'GBP' }
const signed = /([$€£])\s?(\d{1,9}(?:[.,]\d{2})?)(?![\d.,]*\d)/gu
const named = /(?<![\d.,])(\d{1,9}(?:[.,]\d{2})?)\s?([$€£]|(?:EUR|USD|GBP)\b)/gu

const amounts = (text: string) =>
  [
    ...Array.from(text.matchAll(signed), ([, sign = '', figure = '']) => [figure, sign] as const),
    ...Array.from(text.matchAll(named), ([, figure = '', sign = '']) => [figure, sign] as const),
  ].map(([figure, sign]) => ({
    amountMinor: Math.round(Number(figure.replace(',', '.')) * 100),
    currency: signs[sign] ?? sign,
  }))

const months =
  'january february march april may june july august september october november december'.split(' ')
const monthForm = `(${months.map((each) => `${each.slice(0, 3)}(?:${each.slice(3)})?`).join('|')})`
const dayFirst = new RegExp(
  `\\b(\\d{1,2})(?:st|nd|rd|th)? (?:of )?${monthForm},? (\\d{4})\\b`,
  'gi',
)
const monthFirst = new RegExp(`\\b${monthForm} (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})\\b`, 'gi')
const plain = /\b(\d{4})-(\d{2})-(\d{2})\b/g
const dotted = /\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b/g

/** `03/04/2026` is March or April, so it is neither. */
function dates(text: string): string[] {
  const month = (name = '') =>
    months.findIndex((each) => each.startsWith(name.slice(0, 3).toLowerCase())) + 1
  const read = [
    ...Array.from(text.matchAll(plain), ([, y, m, d]) => [y, m, d]),
    ...Array.from(text.matchAll(dotted), ([, d, m, y]) => [y, m, d]),
    ...Array.from(text.matchAll(dayFirst), ([, d, m, y]) => [y, month(m), d]),
    ...Array.from(text.matchAll(monthFirst), ([, m, d, y]) => [y, month(m), d]),
  ]
  return read.map((parts) => dayOf(parts.map(Number))).filter((each) => each !== undefined)
}

/** Nothing for the 31st of June. */
function dayOf([year = 0, month = 0, day = 0]: number[]): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
    ? date.toISOString().slice(0, 10)
    : undefined
}

function namedProducts(text: string, products: readonly Product[]): string[] {
  const lower = text.toLowerCase()
  const named = products.filter(({ name }) => name.length > 2 && lower.includes(name.toLowerCase()))
  const longest = Math.max(0, ...named.map(({ name }) => name.length))
  return named.filter(({ name }) => name.length === longest).map(({ id }) => id)
}
