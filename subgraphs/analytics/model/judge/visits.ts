import { csvRows, type Row } from '@shop/kit/learn/data'
import type { Raw } from '@shop/kit/learn/features'
import type { Visits } from '../conversion.ts'

/** Visits of online-shoppers-intention, in the words of our own schema. */
export function visitsOf(files: readonly string[]): Visits {
  const rows = files.flatMap(csvRows)
  return {
    visits: rows.map(visitOf),
    bought: rows.map(({ Revenue }) => Number(Revenue?.toUpperCase() === 'TRUE')),
  }
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'June', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const visitors: Readonly<Record<string, string>> = {
  Returning_Visitor: 'returning',
  New_Visitor: 'new',
  Other: 'other',
}

function visitOf(row: Row): Raw {
  const number = (name: string) => Number(row[name])
  const [exit, bounce, value] = [number('ExitRates'), number('BounceRates'), number('PageValues')]
  const pages = number('Administrative') + number('Informational') + number('ProductRelated')
  const [product, productSeconds] = [number('ProductRelated'), number('ProductRelated_Duration')]
  return {
    administrative: number('Administrative'),
    administrativeSeconds: number('Administrative_Duration'),
    informational: number('Informational'),
    informationalSeconds: number('Informational_Duration'),
    product,
    productSeconds,
    bounceRate: bounce,
    exitRate: exit,
    pageValue: value,
    specialDay: number('SpecialDay'),
    month: months.indexOf(row.Month ?? '') + 1,
    secondsPerProduct: productSeconds / (product + 1),
    pages,
    exitAboveBounce: exit - bounce,
    pageValueByPages: value / (pages + 1),
    pageValueTimesExit: value * exit,
    pageValueTimesPages: value * pages,
    visitor: visitors[row.VisitorType ?? ''] ?? '',
    weekend: row.Weekend?.toUpperCase() === 'TRUE',
    system: number('OperatingSystems'),
    browser: number('Browser'),
    region: number('Region'),
    traffic: number('TrafficType'),
  }
}
