import { createHash } from 'node:crypto'
import { type Identity, serviceNamed } from '@shop/kit/identity'
import { type AskedAs, ask, freshDatabase, type Meeting, standingAt } from '@shop/kit/testing'
import { type Kinds, kinds as usual } from '../domain/kinds.ts'
import { migrations, open } from '../subgraph.ts'

export const noon = new Date('2026-03-01T12:00:00Z')
export const kitchen = '019a3c1e-7f00-7000-8000-0000000000c1'
export const mugs = '019a3c1e-7f00-7000-8000-0000000000c2'
export const mug = '019a3c1e-7f00-7000-8000-000000000001'
export const tea = '019a3c1e-7f00-7000-8000-000000000002'
export const standardShipping = '01900000-0000-7000-8000-0000000000b1'
export const foodClass = '01900000-0000-7000-8000-0000000000a2'
export const order = (n: number) => `019a3c1e-7f00-7000-8000-${String(n).padStart(12, '0')}`

export const ordersFor = (owner: string): Identity => ({
  ...serviceNamed('orders'),
  actsFor: `user:${owner}`,
})

export const seller: Identity = {
  kind: 'staff',
  id: '019a3c1e-7f00-7000-8000-00000000000e',
  scopes: ['promotions:write', 'catalog:read'],
}

interface Known {
  id: string
  amountMinor: number
  status?: string
  categories?: readonly (readonly string[])[]
}

/** As catalog answers `VariantsToPrice`; its own test holds that it does. */
const variant = ({ id, amountMinor, status = 'ACTIVE', categories = [] }: Known) => ({
  id,
  isArchived: false,
  weightGrams: 400,
  price: { amountMinor, currency: 'EUR' },
  product: {
    id: productOf(id),
    status,
    categories: categories.map((path) => ({
      id: path.at(-1),
      ancestors: path.slice(0, -1).map((ancestor) => ({ id: ancestor })),
    })),
  },
})

export const productOf = (variantId: string) => variantId.replace('8000', '9000')

const shelf = [
  variant({ id: mug, amountMinor: 1999, categories: [[kitchen, mugs]] }),
  variant({ id: tea, amountMinor: 333 }),
]

/** A mug for 19.99 below Kitchen and tea for 3.33, with what a new shop sells by, at noon. */
export async function promotionsWith(meeting?: Meeting, kinds: Kinds = usual) {
  await using opening = new AsyncDisposableStack()
  const database = opening.use(await freshDatabase('promotions', migrations))
  const asked: unknown[] = []
  const standing = {
    ...standingAt(noon, meeting),
    ask:
      () =>
      async <Data>(operation: string, { ids }: Readonly<Record<string, unknown>>) => {
        asked.push([operation, ids])
        const known = shelf.filter(({ id }) => (ids as string[]).includes(id))
        return { variants: known } as Data
      },
  }
  const subgraph = opening.use(await open({ databaseUrl: database.url }, standing, kinds))
  const opened = opening.move()
  return {
    subgraph,
    database,
    statements: standing.statements,
    asked,
    ask: (request: AskedAs) => ask(subgraph, request),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

export type World = Awaited<ReturnType<typeof promotionsWith>>

export const cartOf = (quantity = 1) => ({
  lines: [{ id: 'a', variantId: mug, quantity }],
  currency: 'EUR',
  country: 'DE',
  shippingMethodId: standardShipping,
  voucherCodes: [] as string[],
  isFirstOrder: false,
})

const price = /* GraphQL */ `
  lines { id quantity subtotal { amountMinor } discount { amountMinor } tax { amountMinor }
    total { amountMinor } taxRateBps }
  subtotal { amountMinor } discount { amountMinor } shipping { amountMinor } tax { amountMinor }
  total { amountMinor currency } shippingMethodId
  discounts { name voucherCode amount { amountMinor } }
  taxes { rateBps country region amount { amountMinor } }
  explain { kind label lineId amount { amountMinor } }
`

export const pricing = (cart: object, owner = 'ada') => ({
  as: ordersFor(owner),
  variables: { input: cart },
  query: `query ($input: PriceCartInput!) {
    priceCart(input: $input) {
      __typename
      ... on CartPriced { price { ${price} } }
      ... on VoucherRefused { code reason }
      ... on DestinationNotServed { country }
      ... on VariantsNotSold { variantIds }
    }
  }`,
})

type Taking = [key: string, cart: object, totalMinor: number, owner?: string]

export const taking = (...[key, cart, totalMinor, owner = 'ada']: Taking) => ({
  as: ordersFor(owner),
  variables: {
    input: {
      idempotencyKey: key,
      orderId: order(1),
      cart,
      expectedTotal: { amountMinor: totalMinor, currency: 'EUR' },
    },
  },
  query: /* GraphQL */ `
    mutation ($input: TakePriceInput!) {
      takePrice(input: $input) {
        __typename
        ... on PriceTaken { price { total { amountMinor } discount { amountMinor } } }
        ... on PriceMoved { price { total { amountMinor } } }
        ... on VoucherRefused { code reason }
      }
    }
  `,
})

export const releasing = (stepKey: string, key = `undo ${stepKey}`, owner = 'ada') => ({
  as: ordersFor(owner),
  variables: { input: { idempotencyKey: key, stepKey } },
  query: `mutation ($input: ReleasePriceInput!) { releasePrice(input: $input) { at } }`,
})

const keyOf = (input: object) => createHash('sha256').update(JSON.stringify(input)).digest('hex')

/** Asks a mutation of the staff's: the answer's own fields as they are wanted. */
export const saving = (field: string, input: object, selected: string) => ({
  as: seller,
  variables: { input: { idempotencyKey: keyOf(input), ...input } },
  query: `mutation ($input: ${field[0]?.toUpperCase()}${field.slice(1)}Input!) {
    ${field}(input: $input) { ${selected} }
  }`,
})

/** A promotion of a tenth off, by a voucher or by itself; its id. */
export async function tenthOff(shop: World, more: object = {}): Promise<string> {
  const input = { name: 'A tenth off', kind: 'PERCENT', percentOffBps: 1000, ...more }
  const { data } = await shop.ask(saving('createPromotion', input, 'promotion { id }'))
  return data.createPromotion.promotion.id
}

export async function voucher(shop: World, promotionId: string, more: object): Promise<string> {
  const input = { promotionId, ...more }
  const { data } = await shop.ask(saving('createVoucher', input, 'voucher { id }'))
  return data.createVoucher.voucher.id
}

export async function usesOf(shop: World, code: string): Promise<number> {
  const { data } = await shop.ask({
    as: seller,
    variables: { code },
    query: 'query ($code: String!) { voucher(code: $code) { uses } }',
  })
  return data.voucher.uses
}
