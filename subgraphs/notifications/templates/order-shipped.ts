import { z } from 'zod'
import { button, type Part, words } from './letter.ts'
import { defineTemplate, order, sampleOrder } from './template.ts'

const said = {
  en: {
    subject: (number: string) => `Your order ${number} is on its way`,
    sent: 'In this parcel:',
    with: (carrier: string, number: string) => `Sent with ${carrier}, number ${number}.`,
    track: 'Follow the parcel',
    see: 'See your order',
  },
  de: {
    subject: (number: string) => `Ihre Bestellung ${number} ist unterwegs`,
    sent: 'In diesem Paket:',
    with: (carrier: string, number: string) => `Versendet mit ${carrier}, Nummer ${number}.`,
    track: 'Sendung verfolgen',
    see: 'Bestellung ansehen',
  },
}

const parcel = z.object({
  carrier: z.string().nullable(),
  trackingNumber: z.string().nullable(),
  trackingUrl: z.string().nullable(),
  items: z.array(z.object({ name: z.string(), quantity: z.int() })).readonly(),
})

export const orderShipped = defineTemplate({
  name: 'order-shipped',
  about: 'When a parcel of an order is sent.',
  input: z.object({ order, parcel }),
  sample: {
    order: sampleOrder,
    parcel: {
      carrier: 'DHL',
      trackingNumber: '00340434161094021501',
      trackingUrl: 'https://www.dhl.example/00340434161094021501',
      items: [{ name: 'Mug "Nordlicht", blue', quantity: 2 }],
    },
  },
  write({ order: bought, parcel: { items, ...sent } }, locale) {
    const text = said[locale]
    const list = items.map(({ name, quantity }) => `${quantity} × ${name}`)
    return {
      subject: text.subject(bought.number),
      parts: [
        words([text.sent, ...list].join('\n')),
        ...trackingOf(sent, text),
        button(text.see, bought.url),
      ],
    }
  },
})

type Sent = Omit<z.output<typeof parcel>, 'items'>

function trackingOf({ carrier, trackingNumber, trackingUrl }: Sent, text: (typeof said)['en']) {
  const parts: Part[] = []
  if (carrier && trackingNumber) parts.push(words(text.with(carrier, trackingNumber)))
  if (trackingUrl) parts.push(button(text.track, trackingUrl))
  return parts
}
