import { closeSync, existsSync, openSync, readSync, writeSync } from 'node:fs'
import type Stripe from 'stripe'
import { testCards } from './cards.ts'
import { newCharge, newIntent, newMethod } from './objects.ts'
import { refundObject } from './refunds.ts'
import type { Kind } from './store.ts'

/** A payment of long ago, of which this Stripe is to know when it is asked. */
export interface PastIntent {
  readonly orderId: string
  readonly paymentId: string
  readonly attemptId: string
  readonly amountMinor: number
  readonly currency: string
  readonly at: Date
  readonly brand: 'visa' | 'mastercard' | 'amex'
  readonly last4: string
  readonly status: 'succeeded' | 'canceled' | 'requires_capture'
  readonly refunds: readonly { readonly id: string; readonly amountMinor: number }[]
}

interface Named {
  readonly intentId: string
  readonly refundIds: readonly string[]
}

/** A line each. An id tells where its line begins, so that of none anything is kept in memory. */
export class PastWriter implements Disposable {
  readonly #file: number
  #at = 0
  #unwritten = ''

  constructor(file: string) {
    this.#file = openSync(file, 'w')
  }

  add(intent: PastIntent): Named {
    const place = placed(this.#at)
    const line = `${JSON.stringify(intent)}\n`
    this.#at += Buffer.byteLength(line)
    this.#unwritten += line
    if (this.#unwritten.length > atOnce) this.#write()
    return {
      intentId: `pi_${place}`,
      refundIds: intent.refunds.map((_, index) => refundId(place, index)),
    }
  }

  #write(): void {
    writeSync(this.#file, this.#unwritten)
    this.#unwritten = ''
  }

  [Symbol.dispose](): void {
    this.#write()
    closeSync(this.#file)
  }
}

const placed = (at: number) => `0past${at.toString(36)}`

const refundId = (place: string, index: number) => `re_${place}x${index}`

const id = /^(pi|ch|pm|re)_(0past([0-9a-z]+?))(?:x(\d+))?$/

const atOnce = 65_536

/** Long enough for any line. */
const longest = 8192

/** What was written, read when it is asked for. */
export class PastReader {
  readonly #path: string
  #file: number | null = null

  constructor(file: string) {
    this.#path = file
  }

  find(kind: Kind, wanted: string): object | undefined {
    const [, prefix, place = '', at = '', index] = id.exec(wanted) ?? []
    const intent = prefix ? this.#read(Number.parseInt(at, 36)) : null
    if (!intent) return undefined
    const of = objectsOf(intent, place)
    if (kind === 'refund') return of.refunds[Number(index)]
    return {
      payment_intent: of.intent,
      charge: of.charge,
      payment_method: of.method,
      card: of.card,
    }[kind as string]
  }

  refundsOf(intentId: string): readonly Stripe.Refund[] {
    const [, prefix, place = '', at = ''] = id.exec(intentId) ?? []
    const intent = prefix === 'pi' ? this.#read(Number.parseInt(at, 36)) : null
    return intent ? objectsOf(intent, place).refunds : []
  }

  #read(at: number): PastIntent | null {
    if (this.#file === null && !existsSync(this.#path)) return null
    this.#file ??= openSync(this.#path, 'r')
    const bytes = Buffer.alloc(longest)
    const length = readSync(this.#file, bytes, 0, longest, at)
    const [line = ''] = bytes.toString('utf8', 0, length).split('\n')
    return line.endsWith('}') ? JSON.parse(line) : null
  }
}

/** As they would be here, had they been made here. */
function objectsOf(past: PastIntent, place: string) {
  const { amountMinor: amount, status, orderId: order, paymentId: payment, attemptId } = past
  const created = Math.floor(new Date(past.at).getTime() / 1000)
  const token = `pm_card_${past.brand}`
  const { brand, funding } = testCards[token] ?? { brand: 'visa', funding: 'credit' }
  const card = { brand, funding, last4: past.last4 }
  const method = { ...newMethod(card, created), id: `pm_${place}` }
  const metadata = { order, payment, attempt: attemptId }
  const isCaptured = status === 'succeeded'
  const intent: Stripe.PaymentIntent = {
    ...newIntent({
      ...{ amount, currency: past.currency.toLowerCase(), created, customer: null, metadata },
      ...{ captureMethod: 'manual', allowed: ['card'] },
    }),
    ...{ id: `pi_${place}`, client_secret: `pi_${place}_secret_past`, payment_method: method.id },
    ...{ status, latest_charge: `ch_${place}` },
    amount_received: isCaptured ? amount : 0,
    amount_capturable: status === 'requires_capture' ? amount : 0,
  }
  const back = past.refunds.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
  const charge: Stripe.Charge = {
    ...newCharge({ intent, method, created, isAuthenticated: false, refusal: null }),
    ...{ id: `ch_${place}`, captured: isCaptured, amount_captured: isCaptured ? amount : 0 },
    ...{ amount_refunded: back, refunded: isCaptured && back === amount },
  }
  const refunds = past.refunds.map((refund, index) => ({
    ...refundObject({ charge, amount: refund.amountMinor, status: 'succeeded', created }),
    ...{ id: refundId(place, index), metadata: { refund: refund.id } },
  }))
  return { intent, charge, method, refunds, card: { id: method.id, token } }
}
