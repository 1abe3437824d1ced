import { meanWithInterval, statisticWithInterval } from '@shop/kit/learn/bootstrap'
import { classFigures } from '@shop/kit/learn/class-figures'
import { type Random, randomFrom } from '@shop/kit/learn/random'
import type { Figure, Judging, Metric } from '@shop/kit/learn/report'
import { learnedCustomers, prospectOf } from '../lifetime-value.ts'
import { type Summary, summaries } from '../purchases.ts'
import { rfmSegments } from '../segments.ts'
import { type Sales, salesOf } from './online-retail.ts'

/** What was expected of a customer, what simpler rules expect, and what came. */
interface Row {
  readonly summary: Summary
  readonly alive: number
  readonly purchases: number
  readonly value: number
  readonly came: number
  readonly spent: number
}

export function judgedCustomers({ data, seed }: Judging): Metric[] {
  const sales = salesOf(data)
  const rows = rowsOf(sales)
  const random = randomFrom(seed)
  return [
    returning(rows, random),
    ...purchaseCounts(rows, sales.days, random),
    spending(rows, random),
    segments(rows, random),
  ].map((metric) => ({ ...metric, name: `online-retail ${metric.name}`, scored: rows.length }))
}

function rowsOf({ before, after, nowMs, days }: Sales): Row[] {
  const model = learnedCustomers(before, nowMs)
  const next = new Map(
    summaries(after, Number.MAX_SAFE_INTEGER).map((summary) => [summary.customer, summary]),
  )
  return summaries(before, nowMs).map((summary) => {
    const { churnRisk, purchases, value } = prospectOf(model, summary, days)
    const came = next.get(summary.customer)
    const visits = came ? came.repeats + 1 : 0
    return {
      summary,
      alive: 1 - churnRisk,
      purchases,
      value,
      came: visits,
      spent: visits * (came?.spend ?? 0),
    }
  })
}

type Unnamed = Omit<Metric, 'scored'>

/** Who comes back, by the purchases expected: the other side of churn. */
function returning(rows: readonly Row[], random: Random): Unnamed {
  const truths = rows.map(({ came }) => Number(came > 0))
  const auc = (score: (row: Row) => number) =>
    classFigures({ scores: rows.map(score), truths, chances: truths }, random).rocAuc
  return {
    ...auc(({ purchases }) => purchases),
    name: 'who buys next AUC',
    higherIsBetter: true,
    baselines: {
      'bought lately': auc(({ summary }) => summary.lastDays - summary.ageDays),
      'bought often': auc(({ summary }) => summary.repeats),
      'chance alive alone': auc(({ alive }) => alive),
    },
  }
}

function purchaseCounts(rows: readonly Row[], days: number, random: Random): Unnamed[] {
  const error = (said: (row: Row) => number) =>
    meanWithInterval(
      rows.map((row) => Math.abs(said(row) - row.came)),
      random,
    )
  const soFar = ({ summary }: Row) =>
    ((summary.repeats + 1) / Math.max(days, summary.ageDays)) * days
  const ratio = (sample: readonly Row[]) =>
    sample.reduce((sum, row) => sum + row.purchases, 0) /
    sample.reduce((sum, row) => sum + row.came, 0)
  return [
    {
      ...error(({ purchases }) => purchases),
      name: 'purchases next MAE',
      higherIsBetter: false,
      baselines: { 'as often as so far': error(soFar), 'nobody buys': error(() => 0) },
    },
    {
      ...statisticWithInterval(rows, ratio, random),
      name: 'purchases expected by purchases made',
      higherIsBetter: true,
      note: '1 is right. The months before Christmas sell more than the year that was learned from.',
    },
  ]
}

/** Of what is spent next, the share by the fifth of customers that is expected to spend most. */
function spending(rows: readonly Row[], random: Random): Unnamed {
  const share = (score: (row: Row) => number): Figure =>
    statisticWithInterval(
      rows,
      (sample) => {
        const order = sample.toSorted((a, b) => score(b) - score(a))
        const sum = (some: readonly Row[]) => some.reduce((all, { spent }) => all + spent, 0)
        return sum(order.slice(0, Math.floor(order.length / 5))) / sum(order)
      },
      random,
    )
  return {
    ...share(({ value }) => value),
    name: 'next spending of the best fifth by lifetime value',
    higherIsBetter: true,
    baselines: {
      'best fifth by spending so far': share(
        ({ summary }) => summary.spend * (summary.repeats + 1),
      ),
      'best fifth by orders so far': share(({ summary }) => summary.repeats),
    },
  }
}

/** How much more a champion spends next than the average customer. */
function segments(rows: readonly Row[], random: Random): Unnamed {
  const segmentOf = rfmSegments(rows.map(({ summary }) => summary))
  const tagged = rows.map((row, at) => ({ row, champion: segmentOf[at]?.segment === 'CHAMPION' }))
  const mean = (some: readonly { row: Row }[]) =>
    some.reduce((sum, { row }) => sum + row.spent, 0) / Math.max(1, some.length)
  return {
    ...statisticWithInterval(
      tagged,
      (sample) => mean(sample.filter(({ champion }) => champion)) / mean(sample),
      random,
    ),
    name: 'next spending of an RFM champion by that of all',
    higherIsBetter: true,
  }
}
