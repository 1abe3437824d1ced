import { existsSync } from 'node:fs'
import { csvRows, type DataSets } from '@shop/kit/learn/data'
import type { Interaction } from '../history.ts'
import type { CatalogueItem } from '../learned.ts'

export interface Shop {
  readonly train: readonly Interaction[]
  readonly scored: readonly Interaction[]
  readonly catalogue: readonly CatalogueItem[]
  /** Baskets of what is scored, of anonymous shoppers too. */
  readonly baskets: readonly (readonly string[])[]
  /** What came to the catalogue after training, with its text. */
  readonly newcomers: readonly CatalogueItem[]
}

interface Line extends Interaction {
  readonly invoice: string
  readonly text: string
}

/**
 * Lines of positive quantity on five-digit stock codes, as the set's own baselines have them. With
 * the held rows, validation is the past too.
 */
export function onlineRetail(data: DataSets): Shop {
  const [trained, validation, scored] = [
    data.train('online-retail/transactions'),
    data.file('online-retail/transactions_validation'),
    data.scored('online-retail/transactions'),
  ]
  const past = scored !== validation && existsSync(validation) ? [trained, validation] : [trained]
  const before = past.flatMap(lines)
  const after = lines(scored)
  const named = ({ shopper }: Line) => shopper !== ''
  const catalogue = textsOf(before)
  const known = new Set(catalogue.map(({ id }) => id))
  return {
    train: before.filter(named),
    scored: after.filter(named),
    catalogue,
    baskets: [...Map.groupBy(after, ({ invoice }) => invoice).values()].map((basket) => [
      ...new Set(basket.map(({ item }) => item)),
    ]),
    newcomers: textsOf(after).filter(({ id }) => !known.has(id)),
  }
}

const lines = (file: string): Line[] =>
  csvRows(file)
    .filter((row) => Number(row.Quantity) > 0 && /^\d{5}/.test(row.StockCode ?? ''))
    .map((row) => ({
      shopper: row.CustomerID ?? '',
      item: row.StockCode as string,
      atMs: Date.parse(`${row.InvoiceDate?.replace(' ', 'T')}Z`),
      invoice: row.InvoiceNo as string,
      text: row.Description ?? '',
    }))

const textsOf = (rows: readonly Line[]): CatalogueItem[] =>
  [...new Map(rows.map(({ item, text }) => [item, text]))].map(([id, text]) => ({ id, text }))
