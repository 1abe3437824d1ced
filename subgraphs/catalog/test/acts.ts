import type { Identity } from '@shop/kit/identity'
import type { Meeting } from '@shop/kit/testing'
import { type Catalog, emptyCatalog, staff } from './world.ts'

const results: Record<string, string> = {
  createProduct: 'product { id version variants { id version } }',
}

/** A mutation with its field as the key, unless the input has one; asks for the product where that is made. */
export function act(shop: Catalog, field: string, { as = staff, ...input }: Acting) {
  const type = inputs[field] ?? `${field[0]?.toUpperCase()}${field.slice(1)}Input`
  const query = `mutation ($input: ${type}!) { ${field}(input: $input) { __typename ${results[field] ?? ''} } }`
  return shop.ask({ as, query, variables: { input: { idempotencyKey: field, ...input } } })
}

interface Acting {
  readonly as?: Identity | null
  readonly [name: string]: unknown
}

const inputs: Record<string, string> = {
  archiveProduct: 'ProductKeyInput',
  deleteProduct: 'ProductKeyInput',
  deleteVariant: 'VariantKeyInput',
  deleteCategory: 'CategoryKeyInput',
  deleteProductImage: 'ImageKeyInput',
  setPrimaryProductImage: 'ImageKeyInput',
}

/** One product on sale, with one variant at 12.90. */
export async function withMug(meeting?: Meeting) {
  const shop = await emptyCatalog(meeting)
  const input = {
    idempotencyKey: 'mug',
    name: 'Blue Mug',
    status: 'ACTIVE',
    attributes: [{ key: 'height', number: 9, unit: 'cm' }],
    variants: [{ sku: 'MUG-1', price: { amountMinor: 1290, currency: 'EUR' } }],
  }
  const { data } = await act(shop, 'createProduct', input)
  return { ...shop, staff, input, mug: data.createProduct.product }
}

export async function fieldsOf(shop: Catalog, id: string, fields: string) {
  const query = `query ($id: ID!) { product(id: $id) { ${fields} } }`
  const { data } = await shop.ask({ query, variables: { id } })
  return data.product
}
