import type { AskOperation } from '@shop/kit/ask'
import type { Happening } from '../domain/checkout-machine.ts'
import type { CartPrice, NotPriced, PriceCart, Priced, VoucherProblem } from '../domain/price.ts'
import type { Quotable } from '../domain/quote.ts'
import { stepKey, undoKey } from '../domain/step-key.ts'
import type { Facts } from '../domain/walk.ts'
import { asked, type Question } from './asking.ts'

type NotAnswered =
  | { __typename: 'VoucherRefused'; code: string; reason: VoucherProblem }
  | { __typename: 'DestinationNotServed'; country: string }
  | { __typename: 'VariantsNotSold'; variantIds: string[] }

type PriceAnswer = { __typename: 'CartPriced'; price: CartPrice } | NotAnswered

interface TakenPrice {
  total: { amountMinor: number }
  lines: { id: string; total: { amountMinor: number } }[]
}

type TakeAnswer =
  | { __typename: 'PriceTaken'; price: TakenPrice }
  | { __typename: 'PriceMoved'; price: CartPrice }
  | NotAnswered

interface QuoteAnswer {
  priceCart: PriceAnswer
  variants: {
    id: string
    sku: string
    product: { name: string }
    attributes: { value: string }[]
  }[]
  me?: { createdAt: string; emailVerified: boolean } | null
}

/** Promotions, and for the names of things catalog. */
export class Prices {
  readonly #ask: AskOperation

  constructor(ask: AskOperation) {
    this.#ask = ask
  }

  async price(input: PriceCart, actsFor: string): Promise<Priced> {
    const { priceCart } = await this.#asked<{ priceCart: PriceAnswer }>(actsFor, {
      operation: 'priceCart',
      variables: { input },
    })
    return pricedBy(priceCart)
  }

  /** The price, what things are called, and what is known of who buys: one question. */
  async quotable(input: PriceCart, actsFor: string): Promise<Quotable> {
    const ids = input.lines.map(({ variantId }) => variantId)
    const isSignedIn = actsFor.startsWith('user:')
    const variables = { input, ids, isSignedIn }
    const answer = await this.#asked<QuoteAnswer>(actsFor, {
      operation: 'quoteCart',
      variables,
    })
    return {
      priced: pricedBy(answer.priceCart),
      names: answer.variants.map(({ id, sku, product, attributes }) => ({
        id,
        sku,
        name: [product.name, ...attributes.map(({ value }) => value)].join(', '),
      })),
      shopper: {
        accountCreatedAt: answer.me?.createdAt ?? null,
        emailVerified: answer.me?.emailVerified ?? null,
      },
    }
  }

  /**
   * Prices again and takes the vouchers. The same total over other lines would not be what the
   * order says, so that is a change of the price as well.
   */
  async take({ orderId, owner, plan, requote }: Facts): Promise<Happening> {
    const { takePrice } = await this.#asked<{ takePrice: TakeAnswer }>(owner, {
      operation: 'takePrice',
      variables: {
        input: {
          idempotencyKey: stepKey(orderId, 'price'),
          orderId,
          cart: plan.cart,
          expectedTotal: plan.total,
        },
      },
    })
    switch (takePrice.__typename) {
      case 'PriceTaken': {
        const taken = new Map(takePrice.price.lines.map((line) => [line.id, line.total]))
        const isSame = plan.cart.lines.every(
          ({ id }, place) => taken.get(id)?.amountMinor === plan.lineTotals[place],
        )
        return isSame
          ? { kind: 'done' }
          : { kind: 'barred', reason: 'PRICE_CHANGED', refusal: changed(null) }
      }
      case 'PriceMoved':
        return { kind: 'refused', refusal: changed(await requote(takePrice.price)) }
      default:
        return refusedBy(notPricedBy(takePrice))
    }
  }

  async release({ orderId, owner }: Facts): Promise<void> {
    const input = { idempotencyKey: undoKey(orderId, 'price'), stepKey: stepKey(orderId, 'price') }
    await this.#asked(owner, { operation: 'releasePrice', variables: { input }, timeoutMs: 5000 })
  }

  #asked<Data>(
    actsFor: string,
    question: Partial<Question> & Pick<Question, 'operation' | 'variables'>,
  ) {
    return asked<Data>(this.#ask, { actsFor, timeoutMs: 2000, ...question })
  }
}

const changed = (quoteId: string | null) => ({ kind: 'PriceChanged', quoteId }) as const

const pricedBy = (answer: PriceAnswer): Priced =>
  answer.__typename === 'CartPriced' ? { kind: 'Priced', price: answer.price } : notPricedBy(answer)

function notPricedBy(answer: NotAnswered): NotPriced {
  switch (answer.__typename) {
    case 'VoucherRefused':
      return { kind: 'VoucherNotUsable', code: answer.code, reason: answer.reason }
    case 'DestinationNotServed':
      return { kind: 'AddressNotServed', country: answer.country }
    case 'VariantsNotSold':
      return { kind: 'ItemsNotSold', variantIds: answer.variantIds }
  }
}

/** What is not sold any more is, to who wanted it, out of stock. */
function refusedBy(not: NotPriced): Happening {
  const refusal =
    not.kind === 'ItemsNotSold'
      ? ({ kind: 'OutOfStock', variantIds: not.variantIds } as const)
      : not
  return { kind: 'refused', refusal }
}
