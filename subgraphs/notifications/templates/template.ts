import { z } from 'zod'
import type { TemplateName } from '../domain/mail.ts'
import type { Letter, Locale } from './letter.ts'

/** A mail that can be written: what it is given is checked before a word of it is. */
export interface Template<Shape extends z.ZodType = z.ZodType> {
  readonly name: TemplateName
  /** For staff: when it is sent. */
  readonly about: string
  readonly input: Shape
  readonly sample: z.input<Shape>
  write(input: z.output<Shape>, locale: Locale): Letter
}

export const defineTemplate = <Shape extends z.ZodType>(template: Template<Shape>) => template

export const money = z.object({ amountMinor: z.int(), currency: z.string() })

export const order = z.object({
  number: z.string(),
  items: z
    .array(z.object({ name: z.string(), sku: z.string(), quantity: z.int(), total: money }))
    .readonly(),
  subtotal: money,
  discount: money,
  shipping: money,
  tax: money,
  total: money,
  shipTo: z.object({ name: z.string(), lines: z.array(z.string()).readonly() }),
  url: z.url(),
})

const euros = (amountMinor: number) => ({ amountMinor, currency: 'EUR' })

/** As staff see it in a preview. */
export const sampleOrder: z.input<typeof order> = {
  number: 'S-2026-000042',
  items: [
    { name: 'Mug "Nordlicht", blue', sku: 'MUG-BLUE', quantity: 2, total: euros(2598) },
    { name: 'Tea, 100 g', sku: 'TEA-100', quantity: 1, total: euros(749) },
  ],
  subtotal: euros(3347),
  discount: euros(300),
  shipping: euros(490),
  tax: euros(565),
  total: euros(3537),
  shipTo: { name: 'Ada Lovelace', lines: ['Lange Straße 1', '10115 Berlin', 'DE'] },
  url: 'https://shop.example/orders/42',
}
