import type { Cart, PriceStep, PriceStepKind } from './cart.ts'
import type { Cut, Reducible } from './discounts.ts'
import type { Rules, ShippingMethod, TaxRate } from './rules.ts'

interface Trace {
  readonly cart: Cart
  readonly parts: readonly Reducible[]
  readonly cuts: readonly Cut[]
  readonly shipped: { readonly method: ShippingMethod | null; readonly amountMinor: number }
  readonly shipping: Reducible
  readonly rules: Rules
  /** Of each line, and last of the shipping. */
  readonly taxes: readonly number[]
  readonly rates: readonly TaxRate[]
}

/** Where every unit of the total comes from, line after line and then the shipping. They sum to it. */
export function explained(trace: Trace): PriceStep[] {
  const { cart, parts, shipped } = trace
  const step = (kind: PriceStepKind, label: string, lineId: string | null) => ({
    kind,
    label,
    lineId,
  })
  const money = (amountMinor: number) => ({ amountMinor, currency: cart.currency })
  const ofLines = parts.flatMap((part, index) => [
    {
      ...step('LIST', `${part.quantity} × list price`, part.id),
      amount: money(part.line?.subtotalMinor ?? 0),
    },
    ...cutsOf(trace, part.id),
    ...taxOf(trace, index, part.id),
  ])
  if (!shipped.method) return ofLines
  return [
    ...ofLines,
    { ...step('SHIPPING', shipped.method.name, null), amount: money(shipped.amountMinor) },
    ...cutsOf(trace, null),
    ...taxOf(trace, parts.length, null),
  ]
}

function cutsOf({ cuts, cart: { currency } }: Trace, id: string | null): PriceStep[] {
  return cuts
    .filter(({ lineId }) => lineId === id)
    .map(({ promotion, voucherCode, amountMinor }) => ({
      kind: id === null ? 'SHIPPING_DISCOUNT' : 'DISCOUNT',
      label: voucherCode === null ? promotion.name : `${promotion.name} (${voucherCode})`,
      lineId: id,
      amount: { amountMinor: -amountMinor, currency },
    }))
}

/** Where prices include it, it adds nothing: how much is in a line, the line itself tells. */
function taxOf(trace: Trace, index: number, lineId: string | null): PriceStep[] {
  const { cart, rules, taxes, rates } = trace
  const [rate, tax = 0] = [rates[index], taxes[index]]
  if (!rate || tax === 0) return []
  const { currency } = cart
  const where = rate.region === null ? rate.country : `${rate.country} ${rate.region}`
  const label = `${rate.rateBps / 100} % tax, ${where}`
  return rules.settings.pricesIncludeTax
    ? [{ kind: 'TAX_INCLUDED', label, lineId, amount: { amountMinor: 0, currency } }]
    : [{ kind: 'TAX', label, lineId, amount: { amountMinor: tax, currency } }]
}
