import type { Recorded } from '../faults/recorder.ts'
import type { Evidence, Query } from './evidence.ts'

/** Something wrong, put there on purpose: in the tables, or in what others say. */
export interface Corruption {
  readonly breaks: string
  /** Within a transaction that is rolled back, with triggers asleep. */
  readonly plant?: (shop: Query) => Promise<unknown>
  readonly bend?: (evidence: Evidence) => Evidence
}

const paidOrder = `(select order_id from orders.checkouts where state = 'DONE' order by order_id limit 1)`
const captured = `(select id from payments.transactions where kind = 'CAPTURE' order by id limit 1)`

/** The twelve of the contract, by name, and one each for what clients were told. */
export const corruptions: Readonly<Record<string, Corruption>> = {
  'a lost movement': {
    breaks: 'I1',
    plant: (shop) =>
      shop(`delete from inventory.stock_movements where id = (
        select id from inventory.stock_movements where kind not in ('SALE', 'RETURN') limit 1)`),
  },
  'a negative level': {
    breaks: 'I1',
    plant: async (shop) => {
      await shop('alter table inventory.stock_levels drop constraint held_is_on_hand')
      await shop(`with level as (
          select variant_id, warehouse_id, on_hand from inventory.stock_levels where held = 0 limit 1
        ), moved as (
          insert into inventory.stock_movements
            (id, variant_id, warehouse_id, kind, quantity, actor, at)
          select gen_random_uuid(), variant_id, warehouse_id, 'CORRECTION', -on_hand - 1, 'x', now()
          from level
        )
        update inventory.stock_levels set on_hand = -1 from level
        where stock_levels.variant_id = level.variant_id
          and stock_levels.warehouse_id = level.warehouse_id`)
    },
  },
  'a hold without a checkout': {
    breaks: 'I2',
    plant: (shop) =>
      shop(`with level as (
          select variant_id, warehouse_id from inventory.stock_levels where on_hand > held limit 1
        ), taken as (
          update inventory.stock_levels set held = held + 1 from level
          where stock_levels.variant_id = level.variant_id
            and stock_levels.warehouse_id = level.warehouse_id
        ), hold as (
          insert into inventory.holds (id, owner, step_key, reference, state, expires_at)
          values (gen_random_uuid(), 'user:x', 'planted', 'no order', 'HELD', now() + interval '1 hour')
          returning id
        )
        insert into inventory.hold_lines select id, variant_id, warehouse_id, 1 from hold, level`),
  },
  'a double capture': {
    breaks: 'I3',
    bend: (evidence) => {
      const paid = evidence.intents.filter(({ receivedMinor }) => receivedMinor > 0)
      const again = paid.slice(0, 1).map((intent) => ({ ...intent, id: 'pi_planted' }))
      return { ...evidence, intents: [...evidence.intents, ...again] }
    },
  },
  'a capture without an order': {
    breaks: 'I3',
    bend: (evidence) => ({
      ...evidence,
      intents: [
        ...evidence.intents,
        {
          ...{ id: 'pi_planted', orderId: '00000000-0000-7000-8000-000000000000' },
          ...{ status: 'succeeded', currency: 'eur', receivedMinor: 100 },
        },
      ],
    }),
  },
  'an unbalanced posting': {
    breaks: 'I4',
    plant: (shop) =>
      shop(`insert into payments.postings (transaction_id, account, currency, amount_minor)
        select ${captured}, 'planted', 'EUR', 1`),
  },
  'a skipped sequence': {
    breaks: 'I6',
    plant: (shop) =>
      shop(`update orders.outbox set sequence = sequence + 100 where id = (
        select id from orders.outbox order by sequence desc, id limit 1)`),
  },
  'a doubled effect': {
    breaks: 'I7',
    plant: (shop) =>
      shop(`with sold as (
          select * from inventory.stock_movements where kind = 'SALE' limit 1
        ), moved as (
          insert into inventory.stock_movements
            (id, variant_id, warehouse_id, kind, quantity, reference, actor, at)
          select gen_random_uuid(), variant_id, warehouse_id, kind, quantity, reference, actor, at
          from sold
        )
        update inventory.stock_levels set on_hand = on_hand + sold.quantity from sold
        where stock_levels.variant_id = sold.variant_id
          and stock_levels.warehouse_id = sold.warehouse_id`),
  },
  'a double mail': {
    breaks: 'I8',
    bend: (evidence) => {
      const mail = evidence.mails[0] ?? { to: 'a@example.com', template: 'order-paid', event: 'e1' }
      return { ...evidence, mails: [mail, ...evidence.mails, mail] }
    },
  },
  'an illegal transition': {
    breaks: 'I9',
    plant: (shop) =>
      shop(`insert into orders.order_stages (order_id, status, at, actor)
        select order_id, unnest(array['AWAITING_PAYMENT', 'CONFIRMED']), now(), 'SHOP'
        from orders.checkouts join orders.orders on orders.id = order_id
        where state = 'DONE' and status = 'CONFIRMED' limit 2`),
  },
  'an over-used voucher': {
    breaks: 'I10',
    plant: async (shop) => {
      await shop('alter table promotions.vouchers drop constraint uses_within_limit')
      await shop(`update promotions.vouchers set max_uses = uses - 1 where id = (
        select id from promotions.vouchers where uses > 0 limit 1)`)
    },
  },
  'an unfinished saga': {
    breaks: 'I11',
    plant: (shop) =>
      shop(
        `update orders.checkouts set state = 'WALKING', step = 'capture' where order_id = ${paidOrder}`,
      ),
  },
  'an outcome that changed': {
    breaks: 'I5',
    bend: (evidence) => ({ ...evidence, calls: [...evidence.calls, ...otherOutcome(evidence)] }),
  },
  'an acknowledged order that is gone': {
    breaks: 'I12',
    bend: (evidence) => ({ ...evidence, calls: [...evidence.calls, acknowledged] }),
  },
  'a read that went back': {
    breaks: 'I16',
    bend: (evidence) => ({ ...evidence, calls: [...evidence.calls, ...backwards] }),
  },
}

const gone = '00000000-0000-7000-8000-00000000000a'
const call: Omit<Recorded, 'reply'> = {
  ...{ client: 'planted', name: 'CheckOut', sentAt: 1, doneAt: 2 },
  variables: { input: { idempotencyKey: 'planted' } },
}
const reply = (data: object) => ({ status: 200, codes: [], data })

const acknowledged: Recorded = {
  ...call,
  reply: reply({ checkout: { __typename: 'CheckoutAccepted', order: { id: gone } } }),
}

const backwards: readonly Recorded[] = [3, 2].map((version, at) => ({
  ...{ ...call, name: 'Order', variables: {}, sentAt: 10 * at + 1, doneAt: 10 * at + 2 },
  reply: reply({ order: { id: gone, version } }),
}))

/** The first purchase that was told of, told again as another of the same shop's orders. */
function otherOutcome({ calls }: Evidence): Recorded[] {
  const told = calls.filter(({ reply: said }) => said?.data?.checkout?.order)
  const [first, ...others] = told
  const id = first?.reply?.data.checkout.order.id
  const other = others.find((each) => each.reply?.data.checkout.order.id !== id)
  return first && other ? [{ ...first, reply: other.reply }] : []
}
