import { BadUserInput } from '@shop/kit/errors'
import { z } from 'zod'
import type { Attribute } from '../domain/attributes.ts'
import { isGtin } from '../domain/gtin.ts'
import { slugOf } from '../domain/slug.ts'
import { type ProductRecord, recordFrom } from './record.ts'

const shape = z.looseObject({
  id: z.string().regex(/^\d{1,20}$/),
  title: z.string(),
  ean: z.array(z.string()).default([]),
  short_description: z.string().default(''),
  date_released: z.iso.datetime().nullable().default(null),
  supplier: z.string(),
  /** In US cents. */
  price: z.int(),
})

/** A product of Open Icecat, as the Chorus project has them: one variant, `ICECAT-<id>`. */
export function icecatRecord(given: unknown): ProductRecord {
  const read = shape.safeParse(given)
  if (!read.success) {
    const [issue] = read.error.issues
    throw new BadUserInput(`${issue?.path.join('.') || 'the record'}: ${issue?.message}`)
  }
  const { id, title, ean, supplier, price, ...rest } = read.data
  const attributes = attributesOf(rest)
  const type = attributes.find(({ key }) => key === 'product_type')?.text
  return recordFrom({
    // Repeated titles are real; the id tells them apart.
    slug: slugOf(`${slugOf(title).slice(0, 120)} ${id}`),
    name: title.slice(0, 300),
    description: rest.short_description,
    brand: supplier,
    categories: [type && slugOf(type) ? ['Product types', type] : ['Suppliers', supplier]],
    attributes,
    createdAt: rest.date_released,
    variants: [
      {
        sku: `ICECAT-${id}`,
        price: { amountMinor: price, currency: 'USD' },
        gtin: ean.find(isGtin) ?? null,
      },
    ],
  })
}

/** `attr_t_` is text, `attr_n_` a number, `attr_b_` yes or no; the first of a key is kept. */
function attributesOf(given: Record<string, unknown>): Attribute[] {
  const attributes = new Map<string, Attribute>()
  for (const [name, value] of Object.entries(given)) {
    const key = /^attr_[tnb]_(.+)$/.exec(name)?.[1]?.toLowerCase()
    const clean = key
      ?.replace(/[^a-z0-9_-]/g, '_')
      .replace(/^[_-]+/, '')
      .slice(0, 100)
    const said = clean ? saidOf(clean, value) : undefined
    if (said && !attributes.has(said.key)) attributes.set(said.key, said)
  }
  return [...attributes.values()]
}

function saidOf(key: string, value: unknown): Attribute | undefined {
  if (typeof value === 'boolean') return { key, boolean: value }
  if (typeof value === 'number') return { key, number: value }
  return typeof value === 'string' && value !== '' ? { key, text: value } : undefined
}
