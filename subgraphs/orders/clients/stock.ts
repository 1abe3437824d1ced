import type { AskOperation } from '@shop/kit/ask'
import type { Happening } from '../domain/checkout-machine.ts'
import { stepKey, undoKey } from '../domain/step-key.ts'
import type { Facts } from '../domain/walk.ts'
import { asked, type Question } from './asking.ts'

type Settled = { __typename: 'HoldSettled' | 'HoldGone'; hold?: { expiresAt: string } | null }

const twoSeconds = 2000

/** Inventory, as a checkout asks it. */
export class StockShelves {
  readonly #ask: AskOperation

  constructor(ask: AskOperation) {
    this.#ask = ask
  }

  async hold({ orderId, owner, plan }: Facts): Promise<Happening> {
    const lines = plan.cart.lines.map(({ variantId, quantity }) => ({ variantId, quantity }))
    const input = { idempotencyKey: stepKey(orderId, 'hold'), reference: orderId, lines }
    const { holdStock: answer } = await this.#asked<{ holdStock: Held }>(owner, {
      operation: 'holdStock',
      variables: { input },
    })
    return answer.__typename === 'StockHeld'
      ? { kind: 'done', ...(answer.hold && { holdUntil: new Date(answer.hold.expiresAt) }) }
      : shortOf(answer.variants.map(({ id }) => id))
  }

  /** Once for a hold; null where it is gone. */
  async extend({ orderId, owner }: Facts): Promise<Date | null> {
    const { extendHold } = await this.#asked<{ extendHold: Settled }>(owner, {
      operation: 'extendHold',
      variables: {
        input: {
          idempotencyKey: `${stepKey(orderId, 'hold')}:extend`,
          stepKey: stepKey(orderId, 'hold'),
        },
      },
    })
    const { hold } = extendHold
    return extendHold.__typename === 'HoldSettled' && hold ? new Date(hold.expiresAt) : null
  }

  /** A hold whose time ran out before: what was in it is somebody else's by now. */
  async commit({ orderId, owner, plan }: Facts): Promise<Happening> {
    const { commitHold } = await this.#asked<{ commitHold: Settled }>(owner, {
      operation: 'commitHold',
      variables: {
        input: { idempotencyKey: stepKey(orderId, 'commit'), stepKey: stepKey(orderId, 'hold') },
      },
    })
    if (commitHold.__typename === 'HoldSettled') return { kind: 'done' }
    return shortOf(plan.cart.lines.map(({ variantId }) => variantId))
  }

  async release({ orderId, owner }: Facts): Promise<void> {
    const input = { idempotencyKey: undoKey(orderId, 'hold'), stepKey: stepKey(orderId, 'hold') }
    await this.#asked(owner, { operation: 'releaseHold', variables: { input }, timeoutMs: 5000 })
  }

  /**
   * Released first, and then returned: a commit that is still on its way finds the hold gone, and
   * one that was faster is found and turned back.
   */
  async return({ orderId, owner }: Facts): Promise<void> {
    const hold = stepKey(orderId, 'hold')
    const key = undoKey(orderId, 'commit')
    const variables = {
      release: { idempotencyKey: `${key}:release`, stepKey: hold },
      return: { idempotencyKey: key, stepKey: hold },
    }
    await this.#asked(owner, { operation: 'returnHold', variables, timeoutMs: 5000 })
  }

  #asked<Data>(
    actsFor: string,
    question: Partial<Question> & Pick<Question, 'operation' | 'variables'>,
  ) {
    return asked<Data>(this.#ask, { actsFor, timeoutMs: twoSeconds, ...question })
  }
}

type Held =
  | { __typename: 'StockHeld'; hold: { expiresAt: string } | null }
  | { __typename: 'StockShort'; variants: { id: string }[] }

const shortOf = (variantIds: readonly string[]): Happening => ({
  kind: 'refused',
  refusal: { kind: 'OutOfStock', variantIds },
})
