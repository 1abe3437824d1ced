import { z } from 'zod'
import { button, rows, words } from './letter.ts'
import { rowsOf } from './order-rows.ts'
import { defineTemplate, order, sampleOrder } from './template.ts'

const said = {
  en: {
    subject: (number: string) => `Your order ${number} is cancelled`,
    asked: 'As you asked, your order is cancelled.',
    unpaid:
      'It was not paid, so your order is cancelled. What you chose is in your cart, as it was.',
    ours: 'We are sorry: we cannot deliver your order, and have cancelled it.',
    money: 'What you have paid for it goes back the way it came.',
    nothing: 'Nothing was taken from you.',
    button: 'See your order',
  },
  de: {
    subject: (number: string) => `Ihre Bestellung ${number} ist storniert`,
    asked: 'Ihre Bestellung ist storniert, wie Sie es wollten.',
    unpaid:
      'Ihre Bestellung wurde nicht bezahlt und ist storniert. Was Sie ausgesucht haben, liegt wie vorher in Ihrem Warenkorb.',
    ours: 'Es tut uns leid: Wir können Ihre Bestellung nicht liefern und haben sie storniert.',
    money: 'Was Sie dafür bezahlt haben, geht auf demselben Weg zurück.',
    nothing: 'Es wurde nichts abgebucht.',
    button: 'Bestellung ansehen',
  },
}

export const orderCancelled = defineTemplate({
  name: 'order-cancelled',
  about: 'When an order is cancelled that its shopper knew of.',
  input: z.object({ order, why: z.enum(['asked', 'unpaid', 'ours']) }),
  sample: { order: sampleOrder, why: 'asked' },
  write({ order: bought, why }, locale) {
    const { subject, money, nothing, button: label, ...whys } = said[locale]
    return {
      subject: subject(bought.number),
      parts: [
        words(whys[why]),
        words(why === 'unpaid' ? nothing : money),
        rows(rowsOf(bought, locale)),
        button(label, bought.url),
      ],
    }
  },
})
