import { formatted } from '@shop/kit/money'
import type { MailedOrder } from '../domain/mailed-order.ts'
import type { Locale, Row } from './letter.ts'

const labels = {
  en: { subtotal: 'Goods', discount: 'Discount', shipping: 'Shipping', total: 'Total' },
  de: { subtotal: 'Waren', discount: 'Rabatt', shipping: 'Versand', total: 'Summe' },
}

/** The lines, and what they come to. */
export function rowsOf(order: MailedOrder, locale: Locale): Row[] {
  const { subtotal, discount, shipping, total } = order
  const shown = (money: MailedOrder['total']) => formatted(money, locale)
  const { [locale]: label } = labels
  const taken = { ...discount, amountMinor: -discount.amountMinor }
  return [
    ...order.items.map(({ name, quantity, total }) => ({
      label: `${quantity} × ${name}`,
      value: shown(total),
    })),
    { label: label.subtotal, value: shown(subtotal), isSum: true },
    ...(discount.amountMinor > 0 ? [{ label: label.discount, value: shown(taken) }] : []),
    { label: label.shipping, value: shown(shipping) },
    { label: label.total, value: shown(total), isSum: true },
  ]
}
