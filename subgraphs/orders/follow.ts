import { NotFound } from '@shop/kit/errors'
import { hasScope, type Identity, ownerOf } from '@shop/kit/identity'
import { isId } from '@shop/kit/ids'
import type { Heard, Lagged, Live } from '@shop/kit/live'
import type { Checkouts } from './db/checkouts.ts'
import { type Cart, ownerIn } from './domain/cart.ts'
import type { Order } from './domain/order.ts'
import { type CheckoutProgress, progressOf } from './domain/progress.ts'
import { topics } from './telling.ts'

interface Needs {
  readonly live: Live
  readonly identity: Identity
  readonly signal: AbortSignal
  readonly checkouts: Checkouts
  /** What a request has seen before may have changed. */
  forget(): void
  order(id: string): Promise<Order | null>
  cart(): Promise<Cart | null>
}

/** Each hint has the truth read again, and what is the same as before is not told twice. */
export const followOn = (needs: Needs) => ({
  orders: (orderId: string | null) => followOrders(needs, orderId),
  progress: (cartId: string) => followProgress(needs, cartId),
  carts: () => followCarts(needs),
})

async function* followOrders(needs: Needs, orderId: string | null): AsyncGenerator<Order> {
  const { live, signal, order, forget } = needs
  const news = live.subscribe(topicOf(needs, orderId), signal)
  await news.stands
  const first = orderId ? await order(orderId) : null
  if (orderId && !first) throw new NotFound('There is no such order.')
  const isNew = changesSince(first)
  for await (const heard of news) {
    forget()
    const id = orderId ?? orderIdIn(heard)
    const now = id ? await order(id) : null
    if (now && isNew(now)) yield now
  }
}

function topicOf({ identity }: Needs, orderId: string | null): string {
  if (orderId) return topics.order(orderId)
  return hasScope(identity, 'orders:read') ? topics.orders : topics.ordersOf(ownerIn({ identity }))
}

async function* followProgress(needs: Needs, cartId: string): AsyncGenerator<CheckoutProgress> {
  const news = needs.live.subscribe(topics.checkout(cartId), needs.signal)
  await news.stands
  let last = ''
  let isOver = false
  while (!isOver) {
    const now = await progressFor(needs, cartId)
    const key = `${now?.orderId} ${now?.step} ${now?.state}`
    if (now && key !== last) yield now
    last = key
    isOver = (await news.next()).done === true
  }
}

async function progressFor({ identity, checkouts, forget }: Needs, cartId: string) {
  forget()
  const at = isId(cartId) ? await checkouts.ofCart(cartId) : null
  const isShown = at?.owner === ownerOf(identity) || hasScope(identity, 'orders:read')
  return at && isShown ? progressOf(at) : null
}

async function* followCarts({ live, identity, signal, cart, forget }: Needs): AsyncGenerator<Cart> {
  for await (const _ of live.subscribe(topics.cartOf(ownerIn({ identity })), signal)) {
    forget()
    const now = await cart()
    if (now) yield now
  }
}

const orderIdIn = (heard: Heard | Lagged): string | null =>
  heard.kind === 'event' ? ((heard.payload as { orderId?: string }).orderId ?? null) : null

/** Of the last thousand orders: staff follow all of them for days. */
function changesSince(first: Order | null): (now: Order) => boolean {
  const seen = new Map<string, string>(first ? [[first.id, first.status]] : [])
  return ({ id, status }) => {
    const isNew = seen.get(id) !== status
    seen.delete(id)
    seen.set(id, status)
    const [oldest] = seen.keys()
    if (seen.size > 1000 && oldest) seen.delete(oldest)
    return isNew
  }
}
