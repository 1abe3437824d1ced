/** How one field of a raw record becomes columns. What it cannot read is missing: NaN. */
export type Field =
  | { readonly name: string; readonly kind: 'number' }
  /** 1 for true, 0 for false. */
  | { readonly name: string; readonly kind: 'flag' }
  /** The place of the value in the list; one that is not in it is missing. */
  | { readonly name: string; readonly kind: 'category'; readonly values: readonly string[] }
  /** A column a value, 1 or 0; all 0 for one that is not in the list. */
  | { readonly name: string; readonly kind: 'one-hot'; readonly values: readonly string[] }
  /** A number learned for each value, and one for the rest. */
  | {
      readonly name: string
      readonly kind: 'mapped'
      readonly numbers: Readonly<Record<string, number>>
      readonly otherwise: number
    }

/** Names and kinds, in the order of the columns: written into the manifest beside the model. */
export type Schema = readonly Field[]

/** A record as it comes, of which nothing is trusted. */
export type Raw = Readonly<Record<string, unknown>>

/** What each column is called: `name`, or `name=value` where a field has several. */
export const columnNames = (schema: Schema): string[] =>
  schema.flatMap((field) =>
    field.kind === 'one-hot' ? field.values.map((value) => `${field.name}=${value}`) : [field.name],
  )

/** One row, never an error: a string for a number, a list, an unseen category are all missing. */
export const rowFrom = (schema: Schema, record: Raw): number[] =>
  schema.flatMap((field) => numbersOf(field, ownValue(record, field.name)))

/** The fields of a record that could not be read: an answer built on few is to say so. */
export const unreadIn = (schema: Schema, record: Raw): string[] =>
  schema
    .filter((field) => !readable(field, ownValue(record, field.name)))
    .map((field) => field.name)

/** The values that come at least so often, by name: what a schema of categories is made of. */
export function categoriesIn(values: Iterable<string>, least = 1): string[] {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts]
    .filter(([, count]) => count >= least)
    .map(([value]) => value)
    .sort()
}

const ownValue = (record: Raw, name: string) => (Object.hasOwn(record, name) ? record[name] : null)

function readable(field: Field, value: unknown): boolean {
  if (field.kind === 'number') return !Number.isNaN(numberFrom(value))
  if (field.kind === 'flag') return typeof value === 'boolean'
  if (typeof value !== 'string') return false
  return field.kind === 'mapped'
    ? Object.hasOwn(field.numbers, value)
    : field.values.includes(value)
}

function numbersOf(field: Field, value: unknown): number[] {
  if (field.kind === 'number') return [numberFrom(value)]
  if (field.kind === 'one-hot') return field.values.map((each) => Number(each === value))
  const known = readable(field, value)
  if (field.kind === 'mapped') {
    return [known ? (field.numbers[value as string] as number) : field.otherwise]
  }
  if (!known) return [Number.NaN]
  return [field.kind === 'flag' ? Number(value) : field.values.indexOf(value as string)]
}

/** Within single precision: a larger number is no measurement, and Infinity no number. */
function numberFrom(value: unknown): number {
  return typeof value === 'number' && Math.abs(value) < 3e38 ? value : Number.NaN
}
