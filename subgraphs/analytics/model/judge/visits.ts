import { csvRows, type Row } from '@shop/kit/learn/data'
import type { Raw } from '@shop/kit/learn/features'
import type { Visits } from '../conversion.ts'
import { type Counted, crossingsOf } from '../crossings.ts'

/** Visits of online-shoppers-intention, in the words of our own schema; or as without page values. */
export function visitsOf(
  files: readonly string[],
  { pageValue = true }: { pageValue?: boolean } = {},
): Visits {
  const blind = (row: Row): Row => (pageValue ? row : { ...row, PageValues: '0' })
  const rows = files.flatMap(csvRows).map(blind)
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
  const counted: Counted = {
    administrative: number('Administrative'),
    administrativeSeconds: number('Administrative_Duration'),
    informational: number('Informational'),
    informationalSeconds: number('Informational_Duration'),
    product: number('ProductRelated'),
    productSeconds: number('ProductRelated_Duration'),
    bounceRate: number('BounceRates'),
    exitRate: number('ExitRates'),
    pageValue: number('PageValues'),
    specialDay: number('SpecialDay'),
    month: months.indexOf(row.Month ?? '') + 1,
  }
  return {
    ...counted,
    ...crossingsOf(counted),
    visitor: visitors[row.VisitorType ?? ''] ?? '',
    weekend: row.Weekend?.toUpperCase() === 'TRUE',
    system: number('OperatingSystems'),
    browser: number('Browser'),
    region: number('Region'),
    traffic: number('TrafficType'),
  }
}
