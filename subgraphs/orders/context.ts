import type { AskOperation } from '@shop/kit/ask'
import type { Clock } from '@shop/kit/clock'
import type { Connection, Database, Page } from '@shop/kit/database'
import { type Once, onceIn } from '@shop/kit/idempotency'
import { type Identity, ownerOf, serviceNamed } from '@shop/kit/identity'
import type { Live } from '@shop/kit/live'
import type { Request } from '@shop/kit/request'
import type { Admission } from './admission.ts'
import { type CheckoutAnswer, checkout } from './checkout.ts'
import { Till } from './clients/payments.ts'
import { Prices } from './clients/prices.ts'
import { Carts } from './db/carts.ts'
import type { Checkouts } from './db/checkouts.ts'
import type { OrderSort, OrdersFilter } from './db/order-filters.ts'
import { OrderMoves } from './db/order-moves.ts'
import { Orders } from './db/orders.ts'
import { Placing, type PlacingSettings } from './db/placing.ts'
import { Quotes } from './db/quotes.ts'
import type { Tables } from './db/schema.ts'
import type { Cart } from './domain/cart.ts'
import type { CheckoutInput } from './domain/checkout-input.ts'
import type { MoveNeeds } from './domain/moves.ts'
import type { Order } from './domain/order.ts'
import { makeQuote, type QuoteInput, type Quoting } from './domain/quote.ts'
import type { Digests } from './domain/risk-facts.ts'
import { type Totals, totalsOf } from './domain/totals.ts'
import { followOn } from './follow.ts'
import { type Loaders, loadersOn } from './loaders.ts'
import { type MailOrder, mailOrderOf } from './mail.ts'
import { type NextAction, nextActionOf } from './next-action.ts'
import type { OrderLinks } from './order-links.ts'
import { SeenOrders } from './seen.ts'
import type { Telling } from './telling.ts'
import type { Walker } from './walk.ts'

export interface Opened {
  db: Database<Tables>
  clock: Clock
  live: Live
  ask: AskOperation
  walker: Walker
  admission: Admission
  checkouts: Checkouts
  tell: Telling
  links: OrderLinks
  digests: Digests
  placing: PlacingSettings
  currency: string
  quoteMs: number
  leaseMs: number
  needsVerifiedEmail: boolean
  storefrontUrl: string
}

type CartWorld = { clock: Clock; identity: Identity; carts: Carts; guests: Carts }

/** What a resolver can reach. Made anew for each request, so what its loaders remember ends with it. */
export interface Context extends Request {
  loaders: Loaders
  cart(): Promise<Cart | null>
  /** Of this user, who is to be the caller. */
  ownCart(userId: string): Promise<Cart | null>
  changeCart: Once<CartWorld>
  totals(cart: Cart): Promise<Totals | null>
  quote(cart: Cart, input: QuoteInput): Promise<Quoting>
  checkout(input: CheckoutInput): Promise<CheckoutAnswer>
  nextAction(orderId: string): Promise<NextAction | null>
  move: Once<MoveNeeds>
  find: SeenOrders['find']
  list(page: Page, asked: Listed): Promise<Connection<Order>>
  mailOrder(orderId: string): Promise<MailOrder | null>
  follow: ReturnType<typeof followOn>
}

interface Listed {
  filter: OrdersFilter
  sort: OrderSort
  owner?: string
}

export const contextOn =
  (opened: Opened) =>
  (request: Request): Context => {
    const { db, clock, live, ask, checkouts } = opened
    const { identity } = request
    const [carts, quotes, orders] = [
      new Carts(db, identity),
      new Quotes(db, identity),
      new Orders(db, identity),
    ]
    const seen = new SeenOrders({ db, clock, links: opened.links, request })
    const loaders = loadersOn({ carts, quotes, seen })
    const prices = new Prices(ask)
    return {
      ...request,
      loaders,
      cart: () => carts.current(),
      ownCart: async (userId) =>
        ownerOf(identity) === `user:${userId}` ? await carts.current() : null,
      changeCart: changingCarts(opened, identity, loaders.forget),
      totals: async (cart) =>
        totalsOf(
          { prices, currency: opened.currency },
          cart,
          await loaders.cartItems.load(cart.id),
        ),
      quote: async (cart, input) =>
        makeQuote(
          { ...opened, identity, shop: prices, quotes, orders },
          { cart, items: await loaders.cartItems.load(cart.id) },
          input,
        ),
      checkout: (input) => checkingOut(opened, request, input).finally(loaders.forget),
      nextAction: (orderId) => nextActionOf({ checkouts, till: new Till(ask) }, orderId),
      move: moving(opened, identity, loaders.forget),
      find: (key) => seen.find(key),
      list: (page, asked) => orders.list(page, asked),
      mailOrder: (orderId) => mailOrderOf(opened, orderId),
      follow: followOn({
        live,
        identity,
        checkouts,
        signal: request.signal ?? new AbortController().signal,
        forget: loaders.forget,
        order: (id) => loaders.orders.load(id),
        cart: () => carts.current(),
      }),
    }
  }

/** Whoever follows the cart hears of it once it is committed. */
function changingCarts(
  { db, clock, tell }: Opened,
  identity: Identity,
  forget: () => void,
): Once<CartWorld> {
  const once = onceIn(db, identity, (tx) => {
    const carts = new Carts(tx, identity)
    return { clock, identity, carts, guests: carts }
  })
  return async (field, act, input) => {
    const outcome = await once(field, act, input)
    forget()
    await tell.cart(ownerOf(identity))
    return outcome
  }
}

function moving(opened: Opened, identity: Identity, forget: () => void): Once<MoveNeeds> {
  const { db, clock, walker, tell } = opened
  const once = onceIn(
    db,
    identity,
    (tx): MoveNeeds => ({
      identity,
      clock,
      moves: new OrderMoves(tx, identity),
      wake: (orderId) => walker.wake(orderId),
    }),
  )
  const service = new Orders(db, serviceNamed('orders'))
  return async (field, act, input) => {
    const outcome = await once(field, act, input)
    forget()
    const { orderId } = outcome as { orderId?: string }
    const [order] = orderId ? await service.withIds([orderId]) : []
    if (order) await tell.order({ orderId: order.id, owner: order.owner })
    return outcome
  }
}

async function checkingOut(opened: Opened, request: Request, input: CheckoutInput) {
  const { db, placing, clock, digests, needsVerifiedEmail } = opened
  const { identity, address } = request
  const once = onceIn(db, identity, (tx) => ({
    identity,
    address,
    clock,
    digests,
    needsVerifiedEmail,
    placing: new Placing(tx, identity, placing),
  }))
  const answer = await checkout({ ...opened, once }, input)
  const isGuests = identity.kind === 'anonymous'
  if (isGuests && answer.kind === 'CheckoutAccepted') {
    await renewSession(opened, request, answer.orderId)
  }
  return answer
}

/** A guest who has bought is another guest from now on, and still shown what they bought. */
async function renewSession({ checkouts }: Opened, request: Request, orderId: string) {
  const at = await checkouts.ofOrder(orderId)
  if (at?.checkout.state !== 'DONE') return
  request.setCookie({ name: 'guest', value: 'anew', maxAgeSeconds: 0 })
}
