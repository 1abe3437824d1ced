export type NoticeKind =
  | 'ORDER_PAID'
  | 'ORDER_SHIPPED'
  | 'ORDER_DELIVERED'
  | 'ORDER_CANCELLED'
  | 'ORDER_REFUNDED'

/** What a signed-in shopper is told within the shop. */
export interface Notice {
  readonly id: string
  readonly userId: string
  readonly kind: NoticeKind
  readonly orderId: string
  readonly createdAt: Date
  readonly readAt: Date | null
}

const texts: Readonly<Record<NoticeKind, { en: string; de: string }>> = {
  ORDER_PAID: { en: 'Your order is paid.', de: 'Ihre Bestellung ist bezahlt.' },
  ORDER_SHIPPED: { en: 'Your order is on its way.', de: 'Ihre Bestellung ist unterwegs.' },
  ORDER_DELIVERED: { en: 'Your order has arrived.', de: 'Ihre Bestellung ist angekommen.' },
  ORDER_CANCELLED: { en: 'Your order is cancelled.', de: 'Ihre Bestellung ist storniert.' },
  ORDER_REFUNDED: {
    en: 'You get money back for your order.',
    de: 'Sie erhalten Geld für Ihre Bestellung zurück.',
  },
}

/** English, unless German is asked for. */
export const textOf = (kind: NoticeKind, locale: string | null | undefined): string =>
  texts[kind][locale?.toLowerCase().startsWith('de') ? 'de' : 'en']
