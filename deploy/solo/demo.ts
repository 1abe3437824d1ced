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
import { fillPast } from './past/fill.ts'
import { progress } from './progress.ts'

interface Filling {
  readonly state: string
  readonly products: number
  readonly until: Date
  /** What is written for our own Stripe of what was paid before; null where another is spoken to. */
  readonly stripePast: string | null
  readonly addresses: Readonly<Record<string, string>>
  /** Lets PostgreSQL know what is there now; a managed one finds out by itself. */
  readonly count?: () => Promise<void>
}

/**
 * Fills the shop with the demo catalogue and its stock, once. The note that it is done is written
 * last: a filling that was killed is done again, and what was there stays what it is.
 */
export async function fillDemo(
  { state, addresses, count, stripePast, ...wanted }: Filling,
  standing: Needs,
): Promise<void> {
  const note = path.join(state, 'demo.json')
  const { products } = wanted
  if (products === 0) return
  const begun = existsSync(note) ? (JSON.parse(readFileSync(note, 'utf8')) as Note) : null
  if (begun && begun.products !== products && !isUsual(products)) throw new Error(another(begun))
  if (begun && !begun.isUnfinished) return
  const told = { ...newNote(wanted, standing.clock.now()), ...begun }
  writeFileSync(note, JSON.stringify({ ...told, isUnfinished: true } satisfies Note))
  const shop = shopOf(told)
  await fillGoods(shop, addresses, standing)
  await fillPeople(shop, addresses, standing)
  if (stripePast) {
    // Nobody but our own Stripe would know of what was paid then, and could give it back.
    using shown = progress('orders of the last eighteen months', ordersOf(told))
    await fillPast({ shop, addresses, stripePast, told: shown.at }, standing)
  }
  await count?.()
  writeFileSync(note, JSON.stringify(told satisfies Note))
}

type Needs = Pick<Standing, 'clock' | 'keys' | 'log'>
type DemoShop = ReturnType<typeof demoShop>
type Addresses = Filling['addresses']

async function fillGoods(shop: DemoShop, addresses: Addresses, standing: Needs): Promise<void> {
  {
    using told = progress('products of the demo shop', shop.options.products)
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
}

async function fillPeople(shop: DemoShop, addresses: Addresses, standing: Needs): Promise<void> {
  using told = progress('customers and staff', null)
  await using door = await openBackDoor(accountsConfig(addresses), standing)
  told.at(await door.admit(peopleOf(shop), demoPassword))
}

/** With it the shop is the same whenever it is made. */
interface Note {
  readonly products: number
  readonly until: string
  readonly end: string
  readonly isUnfinished?: true
}

/** What the demo shop here is made of; null where there is none. */
export function demoOptions(state: string): DemoShop['options'] | null {
  const note = path.join(state, 'demo.json')
  if (!existsSync(note)) return null
  // One that was made before this was noted has the same people, whose names are all that is asked.
  const now = new Date().toISOString()
  return shopOf({ until: now, end: now, ...JSON.parse(readFileSync(note, 'utf8')) }).options
}

const dayMs = 86_400_000

/** A shop that ends today goes on until now; one that was to end on another day ends at its midnight. */
function newNote({ products, until }: Pick<Filling, 'products' | 'until'>, now: Date): Note {
  const isToday = +now >= +until && +now - +until < dayMs
  return { products, until: until.toISOString(), end: (isToday ? now : until).toISOString() }
}

const shopOf = (note: Note): DemoShop =>
  demoShop({
    ...{ products: note.products, orders: ordersOf(note) },
    ...{ until: new Date(note.until), end: new Date(note.end) },
  })

/** As many as that many products would have sold; of a large catalogue most is the long tail. */
const ordersOf = ({ products }: Pick<Note, 'products'>): number => Math.min(100_000, products * 10)

/** Who says no size takes the shop as it is. */
const isUsual = (products: number) => products === usualProducts

const another = ({ products }: Note) =>
  `The demo shop here has ${products.toLocaleString('en')} products, and grows no others. For one of another size set SHOP_STATE_DIR to a new folder.`

const offersOf = (shop: DemoShop): MadeOffers => ({
  promotions: shop.promotions(),
  vouchers: shop.vouchers(),
  foodCategoryIds: shop.foodCategoryIds(),
})

/** Of every account of the demo shop; it is no secret, and opens no shop but a demo's. */
export const demoPassword = 'demo shop password'

/** Shoppers, and staff of every role but ADMIN, whose password is nobody's to know. */
function* peopleOf(shop: DemoShop): Generator<Person> {
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
