import { BadUserInput } from '@shop/kit/errors'
import { isText } from './slug.ts'

/** Exactly one of the four values is there. */
export interface Attribute {
  readonly key: string
  readonly name?: string
  readonly text?: string
  readonly number?: number
  /** Of the number: `cm`, `GB`. */
  readonly unit?: string
  readonly boolean?: boolean
  readonly list?: readonly string[]
}

/** As GraphQL gives it: what was left out may be null. */
export type AttributeInput = {
  readonly [K in keyof Attribute]?: Attribute[K] | null | undefined
} & {
  readonly key: string
}

const most = 300
const longestText = 10_000

/** Refuses what has no key, none or several values, or a key twice. */
export function attributesFrom(given: readonly AttributeInput[]): Attribute[] {
  if (given.length > most) throw new BadUserInput(`There are at most ${most} attributes.`)
  const attributes = given.map(attributeFrom)
  if (new Set(attributes.map(({ key }) => key)).size < attributes.length) {
    throw new BadUserInput('An attribute is there twice.')
  }
  return attributes
}

function attributeFrom({ key, name, unit, ...values }: AttributeInput): Attribute {
  if (!/^[a-z0-9][a-z0-9_-]{0,99}$/.test(key)) {
    throw new BadUserInput('The key of an attribute is small letters, digits, - and _.')
  }
  const there = Object.entries(values).filter(([, value]) => value !== null && value !== undefined)
  const [first, ...more] = there
  if (!first || more.length > 0) throw new BadUserInput('An attribute has exactly one value.')
  if (unit && first[0] !== 'number') throw new BadUserInput('A unit is that of a number.')
  if (!isSound(first[1]))
    throw new BadUserInput('An attribute has a value of at most 10,000 characters.')
  return { key, ...(name && { name }), [first[0]]: first[1], ...(unit && { unit }) }
}

function isSound(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value)
  if (typeof value === 'string') return value !== '' && isText(value) && value.length <= longestText
  return !Array.isArray(value) || (value.length <= 100 && value.every(isSound))
}

export const typeOf = ({ text, number, boolean }: Attribute) => {
  if (text !== undefined) return 'TEXT'
  if (number !== undefined) return 'NUMBER'
  return boolean === undefined ? 'LIST' : 'BOOLEAN'
}

/** All of it, to be shown. */
export function shownValueOf({ text, number, unit, boolean, list }: Attribute): string {
  if (number !== undefined) return unit ? `${number} ${unit}` : String(number)
  return text ?? (boolean === undefined ? (list ?? []).join(', ') : String(boolean))
}

/** `screen_size` was never given a name: it is shown as "Screen size". */
export function nameOf({ key, name }: Attribute): string {
  if (name) return name
  const words = key.replace(/[_-]+/g, ' ').trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}
