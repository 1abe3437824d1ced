import { z } from 'zod'
import { button, rows, words } from './letter.ts'
import { rowsOf } from './order-rows.ts'
import { defineTemplate, order, sampleOrder } from './template.ts'

const said = {
  en: {
    subject: (number: string) => `Thank you for your order ${number}`,
    thanks: 'We have your payment and get your order ready.',
    to: 'It goes to:',
    button: 'See your order',
  },
  de: {
    subject: (number: string) => `Danke für Ihre Bestellung ${number}`,
    thanks: 'Ihre Zahlung ist da, wir machen Ihre Bestellung fertig.',
    to: 'Sie geht an:',
    button: 'Bestellung ansehen',
  },
}

export const orderPaid = defineTemplate({
  name: 'order-paid',
  about: 'When an order is paid.',
  input: z.object({ order }),
  sample: { order: sampleOrder },
  write({ order: bought }, locale) {
    const { subject, thanks, to, button: label } = said[locale]
    const { name, lines } = bought.shipTo
    return {
      subject: subject(bought.number),
      parts: [
        words(thanks),
        rows(rowsOf(bought, locale)),
        words([to, name, ...lines].join('\n')),
        button(label, bought.url),
      ],
    }
  },
})
