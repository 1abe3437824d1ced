import { csvRows, type DataSets } from '@shop/kit/learn/data'
import type { Purchase } from '../purchases.ts'

export interface Sales {
  readonly before: readonly Purchase[]
  readonly after: readonly Purchase[]
  readonly nowMs: number
  /** How long what is scored lasts. */
  readonly days: number
}

const dayMs = 86_400_000

/**
 * Named customers' lines of positive quantity. With the held rows, validation is the past too, as
 * far as it was before them.
 */
export function salesOf(data: DataSets): Sales {
  const name = 'online-retail/transactions'
  const [validation, scored] = [data.file(`${name}_validation`), data.scored(name)]
  const past = [data.train(name), ...(scored === validation ? [] : [validation])]
  const after = purchasesIn(scored)
  const first = after.reduce((least, { atMs }) => Math.min(least, atMs), Number.POSITIVE_INFINITY)
  const before = past.flatMap(purchasesIn).filter(({ atMs }) => atMs < first)
  const last = (rows: readonly Purchase[]) =>
    rows.reduce((most, { atMs }) => Math.max(most, atMs), 0)
  const nowMs = last(before)
  return { before, after, nowMs, days: Math.ceil((last(after) - nowMs) / dayMs) }
}

const purchasesIn = (file: string): Purchase[] =>
  csvRows(file)
    .filter(({ CustomerID, Quantity }) => CustomerID !== '' && Number(Quantity) > 0)
    .map((row) => ({
      customer: row.CustomerID as string,
      atMs: Date.parse(`${row.InvoiceDate?.replace(' ', 'T')}Z`),
      amount: Number(row.Quantity) * Math.max(0, Number(row.UnitPrice)),
    }))
