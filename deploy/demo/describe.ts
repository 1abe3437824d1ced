import type { Chance } from './chance.ts'
import type { Place } from './departments/all.ts'
import type { AttributeSpec } from './departments/spec.ts'
import { type Attribute, slugOf } from './shop.ts'

export interface Described {
  readonly attributes: readonly Attribute[]
  readonly description: string
}

/** Draws the values of a product's attributes, and says them in sentences. */
export function describe({ leaf, department }: Place, named: Words, chance: Chance): Described {
  const drawn = Object.entries(leaf.attributes).map(([name, spec]) => ({
    name,
    spec,
    value: drawnFrom(spec, chance),
  }))
  const said = { ...named, noun: asSaid(leaf.noun) } as Record<string, string>
  for (const { name, spec, value } of drawn) said[name] = inWords(spec, value)
  const extras = drawn.flatMap(({ spec, value }) =>
    spec.type === 'boolean' && value === true ? [spec.says] : [],
  )
  const sentences = [...leaf.says.map((says) => filled(says, said)), ...extras]
  return {
    attributes: drawn.map(({ name, value }) => ({ key: keyOf(name), value })),
    description: [...sentences, chance.pick(department.closings)].join(' '),
  }
}

export interface Words {
  readonly brand: string
  readonly series: string
}

const keys = new Map<string, string>()

function keyOf(name: string): string {
  const key = keys.get(name) ?? slugOf(name)
  keys.set(name, key)
  return key
}

function drawnFrom(spec: AttributeSpec, chance: Chance): string | number | boolean {
  if (spec.type === 'boolean') return chance.happens(0.5)
  if (spec.type !== 'number') return chance.pick(spec.options)
  const steps = Math.round((spec.high - spec.low) / spec.step)
  return Math.round((spec.low + spec.step * chance.between(0, steps)) * 10) / 10
}

function inWords(spec: AttributeSpec, value: string | number | boolean): string {
  if (spec.type !== 'number') return String(value)
  // "SPF 30" and "pH 5.5" name the unit first; "1 year" wants no plural.
  if (spec.unit === 'SPF' || spec.unit === 'pH') return `${spec.unit} ${value}`
  if (spec.unit === '×' || spec.unit === '%') return `${value}${spec.unit === '%' ? ' %' : '×'}`
  return `${value} ${value === 1 ? singular(spec.unit) : spec.unit}`
}

const singular = (unit: string) => (unit === 'people' ? 'person' : unit.replace(/s$/, ''))

/** Abbreviations and names keep their capitals in the middle of a sentence. */
const asSaid = (noun: string) => (/^[A-Z](-|[A-Z])/.test(noun) ? noun : noun.toLowerCase())

function filled(sentence: string, said: Readonly<Record<string, string>>): string {
  const text = sentence.replace(/\{([^}]+)\}/g, (whole, key: string) => said[key] ?? whole)
  const spoken = text.replace(/\b([Aa]) (?=(?:[aeio]|8 |11 |18 |unl))/g, '$1n ')
  return spoken.charAt(0).toUpperCase() + spoken.slice(1)
}
