import { createHash } from 'node:crypto'
import { BadUserInput } from '@shop/kit/errors'
import { z } from 'zod'
import { type Attribute, attributesFrom } from '../domain/attributes.ts'
import type { Renditions } from '../domain/picture.ts'
import type { Status } from '../domain/product.ts'
import { slugFrom, slugOf, textFrom } from '../domain/slug.ts'
import { type VariantInput, variantsFrom } from '../domain/variant-from.ts'

/** A product as a feed gives it: everything by name, so that it can be read into any shop. */
export interface ProductRecord {
  readonly slug: string
  readonly name: string
  readonly description: string
  readonly status: Status
  readonly isFeatured: boolean
  readonly brand: string | null
  readonly seller: string | null
  /** The names from a root down, of each category it is in. */
  readonly categories: readonly (readonly string[])[]
  readonly tags: readonly string[]
  readonly attributes: readonly Attribute[]
  readonly createdAt: string | null
  readonly archivedAt: string | null
  readonly variants: readonly VariantInput[]
  readonly images: readonly ImageRecord[]
}

export interface ImageRecord {
  readonly alt: string
  readonly drawing?: object | undefined
  readonly renditions?: Renditions | undefined
}

const money = z.object({
  amountMinor: z.int(),
  currency: z.enum(Intl.supportedValuesOf('currency') as [string, ...string[]]),
})
const attributes = z.array(
  z.strictObject({
    key: z.string(),
    name: z.string().optional(),
    text: z.string().optional(),
    number: z.number().optional(),
    unit: z.string().optional(),
    boolean: z.boolean().optional(),
    list: z.array(z.string()).optional(),
  }),
)
const file = z.string().regex(/^public\/[0-9a-f]{64}\.(webp|jpg)$/)
const bothFormats = z.strictObject({ webp: file, jpeg: file })

/** What may be left out has its usual value. */
const shape = z.object({
  slug: z.string().optional(),
  name: z.string(),
  description: z.string().default(''),
  status: z.enum(['ACTIVE', 'DRAFT', 'ARCHIVED']).default('ACTIVE'),
  isFeatured: z.boolean().default(false),
  brand: z.string().nullable().default(null),
  seller: z.string().nullable().default(null),
  categories: z.array(z.array(z.string()).min(1).max(8)).max(20).default([]),
  tags: z.array(z.string()).max(50).default([]),
  attributes: attributes.default([]),
  createdAt: z.iso.datetime().nullable().default(null),
  archivedAt: z.iso.datetime().nullable().default(null),
  variants: z
    .array(
      z.object({
        sku: z.string(),
        price: money,
        compareAtPrice: money.nullable().optional(),
        attributes: attributes.default([]),
        weightGrams: z.int().nullable().optional(),
        gtin: z.string().nullable().optional(),
      }),
    )
    .min(1),
  images: z
    .array(
      z
        .strictObject({
          alt: z.string(),
          drawing: z.record(z.string(), z.json()).optional(),
          renditions: z
            .strictObject({ 800: bothFormats, 400: bothFormats, 160: bothFormats })
            .optional(),
        })
        .refine(({ drawing, renditions }) => Boolean(drawing) !== Boolean(renditions)),
    )
    .max(50)
    .default([]),
})

/** Throws BadUserInput, in words for whoever made the feed. */
export function recordFrom(given: unknown): ProductRecord {
  const read = shape.safeParse(given)
  if (!read.success) {
    const [issue] = read.error.issues
    throw new BadUserInput(`${issue?.path.join('.') || 'the record'}: ${issue?.message}`)
  }
  const { slug, name, description, brand, seller, tags, categories, ...rest } = read.data
  variantsFrom(rest.variants)
  return {
    ...rest,
    slug: slugFrom(slug, name),
    name: textFrom(name, 300),
    description: description.trim() && textFrom(description, 20_000),
    brand: brand && nameFrom(brand),
    seller: seller && nameFrom(seller),
    tags: tags.map(nameFrom),
    categories: categories.map((names) => names.map(nameFrom)),
    attributes: attributesFrom(rest.attributes),
    images: rest.images.map((image) => ({ ...image, alt: textFrom(image.alt, 500) })),
  }
}

/** A name has to leave something of a slug. */
function nameFrom(given: string): string {
  const name = textFrom(given, 200)
  if (slugOf(name) === '') throw new BadUserInput('A name has a letter or a digit.')
  return name
}

/** The same for the same record: what was read before and is the same is passed over. */
export const digestOf = (record: ProductRecord): string =>
  createHash('sha256').update(JSON.stringify(record)).digest('base64url')
