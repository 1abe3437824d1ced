import {
  contributionsOf,
  predictionsOf,
  type Settings,
  type TreeModel,
  trainedTrees,
} from '@shop/kit/learn/boosting'
import { columnNames, type Raw, rowFrom, type Schema, unreadIn } from '@shop/kit/learn/features'
import { matrixOf } from '@shop/kit/learn/matrix'
import { logistic } from '@shop/kit/learn/objectives'
import { BadRows } from '@shop/kit/learn/refusals'
import { crossingNames } from './crossings.ts'

/** Trees that differ by chance alone, their chances averaged. */
export interface ConversionModel {
  readonly schema: Schema
  readonly members: readonly TreeModel[]
}

/** What a visit tells while it lasts. `pageValue` is what is known after: see the card. */
export const visitSchema: Schema = [
  ...[
    'administrative',
    'administrativeSeconds',
    'informational',
    'informationalSeconds',
    'product',
    'productSeconds',
    'bounceRate',
    'exitRate',
    'pageValue',
    'specialDay',
    'month',
    ...crossingNames,
  ].map((name) => ({ name, kind: 'number' }) as const),
  { name: 'visitor', kind: 'category', values: ['returning', 'new', 'other'] },
  { name: 'weekend', kind: 'flag' },
  ...['system', 'browser', 'region', 'traffic'].map((name) => ({ name, kind: 'number' }) as const),
]

/** Chosen by five folds of the training rows of online-shoppers-intention. */
const usual: Partial<Settings> = {
  rounds: 200,
  rate: 0.03,
  leaves: 12,
  minLeafRows: 30,
  l2: 2,
  rowShare: 0.7,
  columnShare: 0.4,
}

const memberCount = 8

export interface Visits {
  readonly visits: readonly Raw[]
  /** 1 where it ended in a purchase. */
  readonly bought: readonly number[]
}

/** Throws BAD_ROWS without visits of both kinds. The same seed gives the same trees. */
export function learnedConversion({ visits, bought }: Visits, seed: number): ConversionModel {
  if (!(bought.includes(0) && bought.includes(1))) throw new BadRows('All visits ended alike.')
  const features = matrixOf(visits.map((visit) => rowFrom(visitSchema, visit)))
  const members = Array.from({ length: memberCount }, (_, at) =>
    trainedTrees(logistic, { features, targets: bought }, { ...usual, seed: seed * 100 + at }),
  )
  return { schema: visitSchema, members }
}

/** How likely each visit is to end in a purchase. */
export function conversionChances({ schema, members }: ConversionModel, visits: readonly Raw[]) {
  const features = matrixOf(
    visits.map((visit) => rowFrom(schema, visit)),
    columnNames(schema).length,
  )
  const all = members.map((member) => predictionsOf(member, features))
  return Array.from(visits, (_, row) => {
    const sum = all.reduce((total, chances) => total + (chances[row] as number), 0)
    return sum / members.length
  })
}

export interface Converting {
  readonly chance: number
  /** What raised it most, strongest first; at most three. */
  readonly reasons: readonly string[]
  /** True where more than half of the visit could not be read. */
  readonly degraded: boolean
}

export function converting(model: ConversionModel, visit: Raw): Converting {
  const row = rowFrom(model.schema, visit)
  const names = columnNames(model.schema)
  const added = names.map(() => 0)
  for (const member of model.members) {
    const { columns } = contributionsOf(member, Float32Array.from(row))
    for (const [at, value] of columns.entries()) added[at] = (added[at] as number) + value
  }
  const order = [...added.keys()].sort((a, b) => (added[b] as number) - (added[a] as number))
  const [chance = 0] = conversionChances(model, [visit])
  return {
    chance,
    reasons: order
      .filter((at) => (added[at] as number) > 0)
      .slice(0, 3)
      .map((at) => names[at] ?? ''),
    degraded: unreadIn(model.schema, visit).length * 2 > model.schema.length,
  }
}
