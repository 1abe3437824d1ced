import type { AskOperation } from '@shop/kit/ask'
import type { Log } from '@shop/kit/log'
import { stepped } from './clients/asking.ts'
import { Till } from './clients/payments.ts'
import { Prices } from './clients/prices.ts'
import { assess, patientMs } from './clients/risk.ts'
import { StockShelves } from './clients/stock.ts'
import type { Happening, Step } from './domain/checkout-machine.ts'
import { judged, risked } from './domain/risk.ts'
import type { Facts } from './domain/walk.ts'

/** A walk's steps, as they are asked of those who do them. */
export interface Steps {
  readonly forward: Readonly<Record<Step, (facts: Facts) => Promise<Happening>>>
  readonly back: Readonly<Record<Step, (facts: Facts) => Promise<void>>>
  /** What the shopper's bank has said, of a walk that rests for it. */
  look(facts: Facts): Promise<Happening>
  /** What is thought of an order after all, that rests for want of it. */
  judge(facts: Facts): Promise<Happening>
  /** More time for the shopper's bank: until when, or null where there is none. */
  extend(facts: Facts): Promise<Date | null>
}

interface Settings {
  /** Above it an order that could not be assessed is looked at. */
  readonly blindLimitMinor: number
  readonly log: Log
}

export function stepsBy(ask: AskOperation, { blindLimitMinor, log }: Settings): Steps {
  const [stock, prices, till] = [new StockShelves(ask), new Prices(ask), new Till(ask)]
  const sure = (work: (facts: Facts) => Promise<Happening>) => (facts: Facts) =>
    stepped(log, () => work(facts))
  const nothing = async () => {}
  return {
    forward: {
      hold: sure((facts) => stock.hold(facts)),
      price: sure((facts) => prices.take(facts)),
      risk: async (facts) => risked(await assess(ask, facts), facts.plan.total, blindLimitMinor),
      authorize: (facts) => stepped(log, () => till.authorize(facts), badMethod),
      commit: sure((facts) => stock.commit(facts)),
      capture: sure((facts) => till.capture(facts)),
      confirm: async () => ({ kind: 'done' }),
    },
    back: {
      hold: (facts) => stock.release(facts),
      price: (facts) => prices.release(facts),
      risk: nothing,
      authorize: (facts) => till.void(facts),
      commit: (facts) => stock.return(facts),
      capture: nothing,
      confirm: nothing,
    },
    look: sure((facts) => till.look(facts)),
    judge: async (facts) => judged(await assess(ask, facts, patientMs)),
    extend: (facts) => stock.extend(facts).catch(() => null),
  }
}

/** Payments would not even try: there is no such method, or it is another's. */
const badMethod = { kind: 'PaymentDeclined', code: 'payment_method_invalid' } as const
