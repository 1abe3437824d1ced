import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fillCatalog } from '@shop/catalog/bulk'
import { demoShop } from '@shop/demo/demo-shop'
import { fillInventory } from '@shop/inventory/bulk'
import type { Standing } from '@shop/kit/standing'
import { progress } from './progress.ts'

interface Filling {
  readonly state: string
  readonly products: number
  readonly until: Date
  readonly addresses: Readonly<Record<string, string>>
}

/**
 * Fills the shop with the demo catalogue and its stock, once. The note that it is done is written
 * last: a filling that was killed is done again, and what was there stays what it is.
 */
export async function fillDemo(
  { state, products, until, addresses }: Filling,
  standing: Pick<Standing, 'clock' | 'keys' | 'log'>,
): Promise<void> {
  const note = path.join(state, 'demo.json')
  const wanted = JSON.stringify({ products })
  if (products === 0 || (existsSync(note) && readFileSync(note, 'utf8') === wanted)) return
  const shop = demoShop({ until, products })
  {
    using told = progress('products of the demo shop', products)
    const databaseUrl = addresses.CATALOG_DATABASE_URL ?? ''
    await fillCatalog(shop, { databaseUrl, currency: 'EUR', told: told.at }, standing)
  }
  {
    using told = progress('stock levels', null)
    const databaseUrl = addresses.INVENTORY_DATABASE_URL ?? ''
    const levels = shop.stock()
    const warehouses = shop.warehouses()
    await fillInventory({ databaseUrl, warehouses, levels, told: told.at }, standing)
  }
  writeFileSync(note, wanted)
}
