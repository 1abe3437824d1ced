import { csvRows, type DataSets, type Row } from '@shop/kit/learn/data'
import type { Order } from './orders.ts'
import type { SignUp } from './sign-ups.ts'
import type { Labelled } from './story.ts'

const day = 86_400_000

/** NaN where it is no time. */
const daysFrom = (text: string | undefined) => Date.parse(text ?? '') / day

/** Files to learn from and one to score, of a set; with `--held`, validation is learned from too. */
function filesOf(data: DataSets, name: string) {
  const scored = data.scored(name)
  const validation = data.file(`${name}_validation`)
  const train = [data.train(name), ...(scored === validation ? [] : [validation])]
  return { train, scored }
}

type Read<E> = (row: Row) => { event: E; label: 0 | 1 | undefined }

/** All events in the order of time; those to be scored are not `training`. */
function eventsOf<E extends { at: number }>(
  { train, scored }: { train: readonly string[]; scored: readonly string[] },
  read: Read<E>,
): Labelled<E>[] {
  const part = (files: readonly string[], training: boolean) =>
    files.flatMap((file) => csvRows(file).map((row) => ({ ...read(row), training })))
  return [...part(train, true), ...part(scored, false)].sort((a, b) => a.event.at - b.event.at)
}

export function signUpsIn(data: DataSets): Labelled<SignUp>[] {
  const { train, scored } = filesOf(data, 'fraud-aws-samples/registrations')
  return eventsOf({ train, scored: [scored] }, (row) => ({
    event: {
      at: daysFrom(row.EVENT_TIMESTAMP),
      address: row.ip_address ?? '',
      email: row.email_address ?? '',
    },
    label: row.EVENT_LABEL === 'fraud' ? 1 : 0,
  }))
}

/** There is no validation file of orders: without `--held` nothing is scored, and folds are. */
export function ordersIn(data: DataSets): { orders: Labelled<Order>[]; held: boolean } {
  const name = 'fraud-aws-samples/transactions'
  const validation = 'fraud-aws-samples/registrations'
  const held = data.scored(validation) !== data.file(`${validation}_validation`)
  const train = [data.train(name), data.file(`${name}_unlabelled`)]
  const scored = held ? [data.scored(name)] : []
  const orders = eventsOf({ train, scored }, (row) => ({
    event: {
      at: daysFrom(row.EVENT_TIMESTAMP),
      customer: row.ENTITY_ID ?? '',
      address: row.ip_address ?? '',
      device: row.user_agent ?? '',
      category: row.product_category ?? '',
      amount: Number(row.order_price),
      merchant: row.merchant ?? '',
    },
    label: labelFrom(row.EVENT_LABEL),
  }))
  return { orders, held }
}

const labelFrom = (text: string | undefined) => (text === '1' ? 1 : text === '0' ? 0 : undefined)

/** A payment of Sparkov's, of which only what is known without its thinned history. */
export interface CardPayment {
  readonly at: number
  readonly category: string
  readonly amount: number
  readonly hour: number
  readonly age: number
}

export const sparkovIn = (data: DataSets): Labelled<CardPayment>[] => {
  const { train, scored } = filesOf(data, 'fraud-sparkov/transactions')
  return eventsOf({ train, scored: [scored] }, (row) => {
    const at = daysFrom(`${(row.trans_date_trans_time ?? '').replace(' ', 'T')}Z`)
    return {
      event: {
        at,
        category: row.category ?? '',
        amount: Number(row.amt),
        hour: Math.floor((at % 1) * 24),
        age: (at - daysFrom(row.dob)) / 365.25,
      },
      label: row.is_fraud === '1' ? 1 : 0,
    }
  })
}

/** Payments of which only components are known, and the amount. */
export interface Components {
  readonly at: number
  readonly values: readonly number[]
}

export const componentNames = [...Array.from({ length: 28 }, (_, i) => `V${i + 1}`), 'Amount']

export const componentsIn = (data: DataSets): Labelled<Components>[] => {
  const { train, scored } = filesOf(data, 'fraud-ulb-sample/transactions')
  return eventsOf({ train, scored: [scored] }, (row) => ({
    event: {
      at: Number(row.Time) / 86_400,
      values: componentNames.map((name) => Number(row[name])),
    },
    label: row.Class === '1' ? 1 : 0,
  }))
}
