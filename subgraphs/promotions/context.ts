import { randomInt } from 'node:crypto'
import type { Clock } from '@shop/kit/clock'
import type { Database } from '@shop/kit/database'
import { type Once, onceIn } from '@shop/kit/idempotency'
import type { Asked } from '@shop/kit/identity'
import { type Loader, loadById } from '@shop/kit/loader'
import type { Request } from '@shop/kit/request'
import type { Catalog } from './clients/catalog.ts'
import { PriceSteps } from './db/price-steps.ts'
import { Promotions } from './db/promotions.ts'
import type { RuleBook } from './db/rules.ts'
import type { Tables } from './db/schema.ts'
import { Settings } from './db/settings.ts'
import { ShippingMethods } from './db/shipping-methods.ts'
import { TaxClasses } from './db/tax-classes.ts'
import { Vouchers } from './db/vouchers.ts'
import type { Cart, CartPriced, Good, Refused } from './domain/cart.ts'
import type { Kinds } from './domain/kinds.ts'
import { offersOf } from './domain/offers.ts'
import { codesIn, priceCart } from './domain/price-cart.ts'
import type { Promotion, ShippingMethod, TaxClass, Voucher } from './domain/rules.ts'
import { serves } from './domain/shipping.ts'
import { type TakePrice, takePrice } from './domain/take-price.ts'

interface Opened {
  db: Database<Tables>
  clock: Clock
  kinds: Kinds
  rules: RuleBook
  catalog: Catalog
}

interface Rows {
  promotions: Promotions
  vouchers: Vouchers
  steps: PriceSteps
  methods: ShippingMethods
  taxClasses: TaxClasses
  settings: Settings
}

/** What an act of the domain is given. */
type World = Asked & Rows & { clock: Clock; kinds: Kinds; madeUpCode(): string }

interface Where {
  readonly country?: string | null | undefined
  readonly region?: string | null | undefined
}

/** What a resolver can reach. Made anew for each request, so what its loaders remember ends with it. */
export interface Context extends Request, Rows {
  once: Once<World>
  now(): Date
  promotionsById: Loader<string, Promotion>
  vouchersById: Loader<string, Voucher>
  price(cart: Cart): Promise<CartPriced | Refused>
  takePrice(input: TakePrice): ReturnType<typeof takePrice>
  offers(variantId: string): Promise<Promotion[]>
  shippingTo(where: Where): Promise<ShippingMethod[]>
  methodById(id: string): Promise<ShippingMethod | null>
  taxClassById(id: string): Promise<TaxClass | null>
}

const rowsIn = (db: Database<Tables>, { identity }: Asked): Rows => ({
  promotions: new Promotions(db, identity),
  vouchers: new Vouchers(db, identity),
  steps: new PriceSteps(db, identity),
  methods: new ShippingMethods(db, identity),
  taxClasses: new TaxClasses(db, identity),
  settings: new Settings(db, identity),
})

export const contextOn =
  ({ db, clock, kinds, rules, catalog }: Opened) =>
  (request: Request): Context => {
    const { identity } = request
    const rows = rowsIn(db, request)
    const goods = loadById(
      (ids) => catalog.goods(ids),
      ({ variantId }: Good) => variantId,
    )
    let seen: ReturnType<typeof rules.current> | undefined
    /** The same for all of a page. */
    const rulesSeen = () => {
      seen ??= rules.current()
      return seen
    }
    const once = onceIn(db, identity, (tx) => ({
      identity,
      clock,
      kinds,
      madeUpCode,
      ...rowsIn(tx, request),
    }))
    /** Asked before a transaction is begun: none waits for another subgraph. */
    const known = async ({ lines }: Cart) => {
      const [current, found] = await Promise.all([
        rules.current(),
        catalog.goods(lines.map(({ variantId }) => variantId)),
      ])
      return { rules: current, goods: found, kinds }
    }
    return {
      ...request,
      ...rows,
      once,
      now: () => clock.now(),
      promotionsById: loadById((ids) => rows.promotions.withIds(ids), idOf),
      vouchersById: loadById((ids) => rows.vouchers.withIds(ids), idOf),
      async price(cart) {
        const codes = codesIn(cart)
        const [vouchers, facts] = await Promise.all([rows.vouchers.withCodes(codes), known(cart)])
        return priceCart({ ...facts, vouchers, now: clock.now() }, cart)
      },
      async takePrice(input) {
        const facts = await known(input.cart)
        const act = (world: World, asked: TakePrice) => takePrice({ ...world, known: facts }, asked)
        return once('takePrice', act, input)
      },
      async offers(variantId) {
        const [{ promotions }, good] = await Promise.all([rulesSeen(), goods.load(variantId)])
        return offersOf(good, promotions, clock.now())
      },
      async shippingTo({ country, region }) {
        const { shippingMethods } = await rules.current()
        if (!country) return [...shippingMethods]
        return shippingMethods.filter((each) => serves(each, { country, region: region || null }))
      },
      methodById: (id) => rows.methods.withId(id),
      taxClassById: async (id) =>
        (await rows.taxClasses.all()).find((taxClass) => taxClass.id === id) ?? null,
    }
  }

const idOf = ({ id }: { id: string }) => id

/** Without those that are mistaken for others; 31 of them to the twelfth are 59 bits. */
const letters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

const madeUpCode = () =>
  Array.from({ length: 12 }, () => letters[randomInt(letters.length)]).join('')
