import type { Cart, CartItem } from './cart.ts'
import type { CartPrice, PriceCart, Priced } from './price.ts'
import { linesOf } from './quote.ts'

export type Totals = Pick<
  CartPrice,
  'subtotal' | 'discount' | 'tax' | 'total' | 'pricesIncludeTax' | 'discounts'
>

interface Needs {
  currency: string
  prices: { price(asked: PriceCart, owner: string): Promise<Priced> }
}

/** Before an address is known: goods and discounts. Null for what cannot be priced. */
export async function totalsOf(
  { currency, prices }: Needs,
  { owner }: Cart,
  items: readonly CartItem[],
): Promise<Totals | null> {
  if (items.length === 0) return null
  const nowhere = { country: null, region: null, postalCode: null, shippingMethodId: null }
  const asked = { ...nowhere, currency, voucherCodes: [], isFirstOrder: false }
  const priced = await prices.price({ ...asked, lines: linesOf(items) }, owner)
  return priced.kind === 'Priced' ? priced.price : null
}
