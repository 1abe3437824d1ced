import { type Evidence, type Intent, type Row, told } from './evidence.ts'

const paid = new Set([
  ...['CONFIRMED', 'PROCESSING', 'SHIPPED', 'DELIVERED', 'PARTIALLY_REFUNDED', 'REFUNDED'],
])

interface Provided {
  readonly intent: Intent
  readonly refundedMinor: number
}

/** I3: a paid order was captured once, of its exact total; of any other, nothing is kept. */
export async function moneyIsOwed(evidence: Evidence): Promise<string[]> {
  const { shop, since } = evidence
  const orders = await shop(
    `select id, status, currency, total_minor, refunded_minor, checkouts.state as checkout
      from orders.orders left join orders.checkouts on order_id = id where placed_at >= $1`,
    [since],
  )
  const provided = Map.groupBy(provisions(evidence), ({ intent }) => intent.orderId ?? 'none')
  const known = new Set(orders.map(({ id }) => String(id)))
  const strangers = [...provided].filter(([orderId]) => !known.has(orderId))
  return [
    ...strangers.flatMap(([orderId, own]) =>
      own
        .filter(({ intent, refundedMinor }) => intent.receivedMinor !== refundedMinor)
        .map(({ intent }) => `${intent.id} was captured for order ${orderId}, which is none`),
    ),
    ...orders.flatMap((order) => faultsOf(order, provided.get(String(order.id)) ?? [])),
  ]
}

function provisions({ intents, refunds }: Evidence): Provided[] {
  const settled = refunds.filter(({ status }) => status === 'succeeded')
  const byIntent = Map.groupBy(settled, ({ intentId }) => intentId)
  return intents.map((intent) => ({
    intent,
    refundedMinor: (byIntent.get(intent.id) ?? []).reduce((sum, each) => sum + each.amountMinor, 0),
  }))
}

function faultsOf(order: Row, own: readonly Provided[]): string[] {
  const isPaid = paid.has(String(order.status))
  const captured = own.filter(({ intent }) => intent.receivedMinor > 0)
  const kept = captured.filter(({ intent, refundedMinor }) => intent.receivedMinor > refundedMinor)
  const is = captured.map(({ intent: { id, receivedMinor, currency }, refundedMinor }) =>
    [id, receivedMinor, currency, 'less', refundedMinor].join(' '),
  )
  const lies = (what: string) => [`order ${order.id}, ${order.status}, ${what}: ${is.join('; ')}`]
  if (!isPaid && kept.length > 0) return lies('is not paid, and money is kept')
  if (!isPaid) return stillOpen(order, own)
  if (captured.length !== 1 && Number(order.total_minor) > 0) return lies('was not captured once')
  const [{ intent, refundedMinor } = { intent: null, refundedMinor: 0 }] = captured
  if (!intent) return []
  const isExact =
    intent.receivedMinor === Number(order.total_minor) &&
    intent.currency.toUpperCase() === order.currency
  if (!isExact) return lies(`costs ${order.total_minor} ${order.currency}`)
  return refundedMinor === Number(order.refunded_minor)
    ? []
    : lies(`says that ${order.refunded_minor} went back`)
}

/** Of an order that is over, nothing can be captured any more. */
function stillOpen(order: Row, own: readonly Provided[]): string[] {
  if (order.checkout !== 'UNDONE') return []
  return own
    .filter(({ intent }) => intent.status === 'requires_capture')
    .map(({ intent }) => `order ${order.id} is over, and ${intent.id} can still be captured`)
}

/** I4: each transaction of the ledger sums to zero, its postings were never changed, payments agree. */
export async function ledgerBalances({ shop }: Evidence): Promise<string[]> {
  const unbalanced = await shop(`
    select transaction_id as transaction, currency, sum(amount_minor) as sum
    from payments.postings group by 1, 2 having sum(amount_minor) <> 0`)
  const bare = await shop(`
    select id as transaction, kind from payments.transactions
    where not exists (select from payments.postings where transaction_id = id)`)
  const changed = await shop(`
    select transaction_id as transaction, account from payments.postings
      join payments.transactions on transactions.id = transaction_id
    where postings.xmin::text::bigint <> written_in::text::bigint % 4294967296`)
  return [
    ...told('a transaction that does not balance', unbalanced),
    ...told('a transaction without postings', bare),
    ...told('a posting that was changed', changed),
  ]
}
