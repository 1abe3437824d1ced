import { z } from 'zod'
import { button, rows, words } from './letter.ts'
import { rowsOf } from './order-rows.ts'
import { defineTemplate, order, sampleOrder } from './template.ts'

const said = {
  en: {
    subject: (number: string) => `Your order ${number} is cancelled`,
    asked: 'As you asked, your order is cancelled.',
    ours: 'We are sorry: we cannot deliver your order, and have cancelled it.',
    money: 'What you have paid for it goes back the way it came.',
    button: 'See your order',
  },
  de: {
    subject: (number: string) => `Ihre Bestellung ${number} ist storniert`,
    asked: 'Ihre Bestellung ist storniert, wie Sie es wollten.',
    ours: 'Es tut uns leid: Wir können Ihre Bestellung nicht liefern und haben sie storniert.',
    money: 'Was Sie dafür bezahlt haben, geht auf demselben Weg zurück.',
    button: 'Bestellung ansehen',
  },
}

export const orderCancelled = defineTemplate({
  name: 'order-cancelled',
  about: 'When an order is cancelled that its shopper knew of.',
  input: z.object({ order, isByShopper: z.boolean() }),
  sample: { order: sampleOrder, isByShopper: true },
  write({ order: bought, isByShopper }, locale) {
    const { subject, asked, ours, money, button: label } = said[locale]
    return {
      subject: subject(bought.number),
      parts: [
        words(isByShopper ? asked : ours),
        words(money),
        rows(rowsOf(bought, locale)),
        button(label, bought.url),
      ],
    }
  },
})
