import { demoShop } from '@shop/demo/demo-shop'
import type { DemoPerson } from '@shop/gateway/playground/playground'
import { demoPassword } from './demo.ts'
import type { Options } from './options.ts'

const roles = {
  SUPPORT: 'Support: orders and customers',
  RISK: 'Risk: reviews of fraud',
  CATALOG: 'Catalogue: products and stock',
  FINANCE: 'Finance: payments and the books',
  ANALYST: 'Analyst',
} as const

/** As whom a newcomer may look at the demo shop: a shopper, and one of each kind of staff. Nobody where there is none. */
export function demoPeople({
  products,
  until,
  isDevelopment,
}: Pick<Options, 'products' | 'until' | 'isDevelopment'>): readonly DemoPerson[] {
  if (products === 0 || !isDevelopment) return []
  const shop = demoShop({ until, products })
  const [shopper] = shop.customers().filter(({ emailVerified }) => emailVerified)
  const staff = Object.entries(roles).flatMap(([role, says]) => {
    const [first] = shop.staff().filter((each) => each.role === role)
    return first ? [{ name: first.name, role: says, email: first.email }] : []
  })
  const shoppers = shopper
    ? [
        {
          name: `${shopper.givenName} ${shopper.familyName}`,
          role: 'Shopper',
          email: shopper.email,
        },
      ]
    : []
  return [...shoppers, ...staff].map((person) => ({ ...person, password: demoPassword }))
}
