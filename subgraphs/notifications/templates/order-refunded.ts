import { formatted } from '@shop/kit/money'
import { z } from 'zod'
import { button, words } from './letter.ts'
import { defineTemplate, money, order, sampleOrder } from './template.ts'

const said = {
  en: {
    subject: (number: string) => `Money back for your order ${number}`,
    back: (amount: string) =>
      `You get ${amount} back, the way you paid. With most banks it takes up to ten days.`,
    button: 'See your order',
  },
  de: {
    subject: (number: string) => `Geld zurück für Ihre Bestellung ${number}`,
    back: (amount: string) =>
      `Sie erhalten ${amount} zurück, auf dem Weg, auf dem Sie bezahlt haben. Bei den meisten Banken dauert das bis zu zehn Tage.`,
    button: 'Bestellung ansehen',
  },
}

export const orderRefunded = defineTemplate({
  name: 'order-refunded',
  about: 'When money has gone back, whole or in part.',
  input: z.object({ order, refunded: money }),
  sample: { order: sampleOrder, refunded: { amountMinor: 749, currency: 'EUR' } },
  write({ order: bought, refunded }, locale) {
    const { subject, back, button: label } = said[locale]
    return {
      subject: subject(bought.number),
      parts: [words(back(formatted(refunded, locale))), button(label, bought.url)],
    }
  },
})
