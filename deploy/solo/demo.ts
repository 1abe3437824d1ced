import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { configFrom as accountsConfig } from '@shop/accounts/config'
import { openBackDoor, type Person } from '@shop/accounts/people'
import { fillCatalog } from '@shop/catalog/bulk'
import { demoShop } from '@shop/demo/demo-shop'
import { fillInventory } from '@shop/inventory/bulk'
import type { Standing } from '@shop/kit/standing'
import { fillPromotions, type MadeOffers } from '@shop/promotions/bulk'
import { usualProducts } from './options.ts'
import { progress } from './progress.ts'

interface Filling {
  readonly state: string
  readonly products: number
  readonly until: Date
  readonly addresses: Readonly<Record<string, string>>
  /** Lets PostgreSQL know what is there now; a managed one finds out by itself. */
  readonly count?: () => Promise<void>
}

/**
 * Fills the shop with the demo catalogue and its stock, once. The note that it is done is written
 * last: a filling that was killed is done again, and what was there stays what it is.
 */
export async function fillDemo(
  { state, products, until, addresses, count }: Filling,
  standing: Pick<Standing, 'clock' | 'keys' | 'log'>,
): Promise<void> {
  const note = path.join(state, 'demo.json')
  if (products === 0) return
  const begun = existsSync(note) ? (JSON.parse(readFileSync(note, 'utf8')) as Note) : null
  if (begun && begun.products !== products && !isUsual(products)) throw new Error(another(begun))
  if (begun && !begun.isUnfinished) return
  const size = begun?.products ?? products
  writeFileSync(note, JSON.stringify({ products: size, isUnfinished: true } satisfies Note))
  const shop = demoShop({ until, products: size })
  {
    using told = progress('products of the demo shop', size)
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
  {
    using told = progress('promotions and vouchers', null)
    const databaseUrl = addresses.PROMOTIONS_DATABASE_URL ?? ''
    told.at(await fillPromotions(offersOf(shop), { databaseUrl }, standing))
  }
  {
    using told = progress('customers and staff', null)
    await using door = await openBackDoor(accountsConfig(addresses), standing)
    told.at(await door.admit(peopleOf(shop), demoPassword))
  }
  await count?.()
  writeFileSync(note, JSON.stringify({ products: size } satisfies Note))
}

interface Note {
  readonly products: number
  readonly isUnfinished?: true
}

/** Who says no size takes the shop as it is. */
const isUsual = (products: number) => products === usualProducts

const another = ({ products }: Note) =>
  `The demo shop here has ${products.toLocaleString('en')} products, and grows no others. For one of another size set SHOP_STATE_DIR to a new folder.`

const offersOf = (shop: ReturnType<typeof demoShop>): MadeOffers => ({
  promotions: shop.promotions(),
  vouchers: shop.vouchers(),
  foodCategoryIds: shop.foodCategoryIds(),
})

/** Of every account of the demo shop; it is no secret, and opens no shop but a demo's. */
export const demoPassword = 'demo shop password'

/** Shoppers, and staff of every role but ADMIN, whose password is nobody's to know. */
function* peopleOf(shop: ReturnType<typeof demoShop>): Generator<Person> {
  for (const customer of shop.customers()) yield { ...customer, roles: [] }
  for (const { id, name, email, role } of shop.staff()) {
    if (role === 'ADMIN') continue
    const [givenName = '', familyName = ''] = name.split(' ')
    yield {
      id,
      givenName,
      familyName,
      email,
      emailVerified: true,
      acceptsMarketing: false,
      registeredAt: shop.options.until,
      roles: [role],
      addresses: [],
    }
  }
}
