import { allTags, brands, categories, foodCategoryIds, sellers } from './categories.ts'
import { collections } from './collections.ts'
import { orders } from './orders/orders.ts'
import { promotions, vouchers } from './orders/promotions.ts'
import { customers } from './people/customers.ts'
import { staff } from './people/staff.ts'
import { priceChanges } from './prices.ts'
import { products } from './products.ts'
import { dayMs, defaults, type Options } from './shop.ts'
import { stock, warehouses } from './stock.ts'
import { truth } from './truth.ts'

/**
 * The demo shop. The same seed, end and sizes give the same streams to the byte; what is called a
 * stream is made as it is read, each time anew, and keeps nothing of what it gave.
 */
export function demoShop(wanted: { until: Date } & Partial<Options>) {
  const until = new Date(Math.floor(wanted.until.getTime() / dayMs) * dayMs)
  const options: Options = { ...defaults, end: until, ...wanted, until }
  return {
    options,
    tags: allTags,
    categories: () => categories(options),
    brands: () => brands(options),
    sellers: () => sellers(options),
    products: () => products(options),
    /** Of the product of this number. */
    priceChanges: (number: number) => priceChanges(options, number),
    collections: () => collections(options),
    warehouses: () => warehouses(options),
    stock: () => stock(options),
    customers: () => customers(options),
    staff: () => staff(options),
    promotions: () => promotions(options),
    vouchers: () => vouchers(options),
    foodCategoryIds: () => foodCategoryIds(options),
    orders: () => orders(options),
    truth: () => truth(options),
  }
}
