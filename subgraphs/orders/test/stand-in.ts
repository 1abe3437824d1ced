import { type Ask, Refused } from '@shop/kit/ask'

export const noon = new Date('2026-03-01T12:00:00Z')

type Answer = (variables: Variables) => unknown
// biome-ignore lint/suspicious/noExplicitAny: JSON, as it would travel.
type Variables = Record<string, any>

export interface Said {
  readonly operation: string
  readonly variables: Variables
  readonly actsFor: string | undefined
}

const euro = (amountMinor: number) => ({ amountMinor, currency: 'EUR' })

const unitMinor = 1000
const shippingMinor = 500

/** Ten euros a piece and five for the parcel. */
export function priceOf({ lines, shippingMethodId }: Variables) {
  const priced = lines.map(({ id, variantId, quantity }: Variables) => ({
    ...{ id, variantId, quantity, productId: variantId.replace('0000-7', '0000-8') },
    unitPrice: euro(unitMinor),
    ...{ discount: euro(0), tax: euro(0), total: euro(unitMinor * quantity) },
  }))
  const goods = priced.reduce((sum: number, line: Variables) => sum + line.total.amountMinor, 0)
  return {
    lines: priced,
    ...{ subtotal: euro(goods), discount: euro(0), shipping: euro(shippingMinor), tax: euro(0) },
    total: euro(goods + shippingMinor),
    pricesIncludeTax: true,
    shippingMethodId: shippingMethodId ?? 'parcel',
    discounts: [],
    explain: [
      { label: 'List price', kind: 'LIST', lineId: priced[0].id, amount: euro(goods) },
      { label: 'Parcel', kind: 'SHIPPING', lineId: null, amount: euro(shippingMinor) },
    ],
  }
}

const hold = { expiresAt: new Date(noon.getTime() + 30 * 60_000).toISOString() }

/** What the others answer when all goes well. */
const usual: Record<string, Answer> = {
  priceCart: ({ input }) => ({ priceCart: { __typename: 'CartPriced', price: priceOf(input) } }),
  quoteCart: ({ input, ids }) => ({
    priceCart: { __typename: 'CartPriced', price: priceOf(input) },
    variants: ids.map((id: string) => ({
      ...{ id, sku: `SKU-${id.slice(-2)}` },
      ...{ product: { name: 'Mug' }, attributes: [{ value: 'blue' }] },
    })),
    me: { createdAt: '2026-02-01T12:00:00.000Z', emailVerified: true },
  }),
  holdStock: () => ({ holdStock: { __typename: 'StockHeld', hold } }),
  extendHold: () => ({
    extendHold: {
      __typename: 'HoldSettled',
      hold: { expiresAt: new Date(noon.getTime() + 60 * 60_000).toISOString() },
    },
  }),
  takePrice: ({ input }) => ({
    takePrice: { __typename: 'PriceTaken', price: priceOf(input.cart) },
  }),
  assessOrder: () => ({ assessOrder: { decision: 'ALLOW' } }),
  authorizePayment: () => ({ authorizePayment: { __typename: 'PaymentAuthorized' } }),
  commitHold: () => ({ commitHold: { __typename: 'HoldSettled' } }),
  capturePayment: () => ({ capturePayment: { __typename: 'PaymentCaptured' } }),
  releaseHold: () => ({ releaseHold: { __typename: 'HoldSettled' } }),
  returnHold: () => ({
    releaseHold: { __typename: 'HoldGone' },
    returnHold: { __typename: 'HoldSettled' },
  }),
  releasePrice: () => ({ releasePrice: { at: noon.toISOString() } }),
  voidPayment: () => ({ voidPayment: { paymentId: 'p1' } }),
  orderPayment: () => ({
    orderPayment: { state: 'REQUIRES_ACTION', clientSecret: 'secret', redirectUrl: null },
  }),
}

/** Answers in the place of inventory, promotions, fraud and payments, and keeps what it was asked. */
export class StandIn {
  readonly said: Said[] = []
  readonly #answers: Record<string, Answer> = { ...usual }

  /** From now on; what throws or never ends is somebody who is away. */
  answers(operation: string, answer: Answer): void {
    this.#answers[operation] = answer
  }

  usually(operation: string): void {
    const answer = usual[operation]
    if (answer) this.#answers[operation] = answer
  }

  asked(...operations: string[]): string[] {
    const all = this.said.map(({ operation }) => operation)
    return operations.length > 0 ? all.filter((each) => operations.includes(each)) : all
  }

  readonly ask: Ask =
    () =>
    async (operation, variables, { actsFor } = {}) => {
      this.said.push({ operation, variables, actsFor })
      const answer = this.#answers[operation]
      if (!answer) throw new Error(`Nobody answers ${operation}.`)
      // biome-ignore lint/suspicious/noExplicitAny: JSON, as it came.
      return (await answer(variables)) as any
    }
}

export const away = () => {
  throw new Refused('A part of the shop is away.', 'UNAVAILABLE')
}
