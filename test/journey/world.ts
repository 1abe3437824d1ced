import type { TestContext } from 'node:test'
import type { Shop } from '../../deploy/solo/shop.ts'
import { importedInto } from './real-catalogue.ts'
import { Client } from './sale.ts'

export interface World {
  readonly shop: Shop
  readonly admin: Client
  /** Each with some pieces on the shelf. */
  readonly variants: readonly string[]
  /** What was imported of a real catalogue, by its SKUs; none where there is no such file. */
  readonly imported: readonly string[]
}

export async function opened(shop: Shop, t: TestContext): Promise<World> {
  const admin = new Client(shop.url)
  const entered = await admin.act(
    'login',
    { email: 'admin@shop.example', password: shop.adminPassword },
    'accessToken',
  )
  admin.token = entered.accessToken
  const { data } = await admin.ask(
    '{ products(first: 50) { nodes { variants { id available price { currency } } } } }',
  )
  const all = data.products.nodes.flatMap(({ variants }: { variants: Variant[] }) => variants)
  const variants = all
    .filter(({ available, price }: Variant) => available > 20 && price.currency === 'EUR')
    .map(({ id }: Variant) => id)
  return { shop, admin, variants, imported: await importedInto(shop, t) }
}

interface Variant {
  id: string
  available: number
  price: { currency: string }
}
