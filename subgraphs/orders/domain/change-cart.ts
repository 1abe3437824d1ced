import type { Clock } from '@shop/kit/clock'
import { NotFound, ShopError, Unauthenticated } from '@shop/kit/errors'
import { type Asked, ownerOf } from '@shop/kit/identity'
import { isId, newId } from '@shop/kit/ids'
import { type Cart, type CartItem, isGuest, ownerIn } from './cart.ts'

export class BadQuantity extends ShopError {
  readonly code = 'BAD_QUANTITY'
}

export class CartFull extends ShopError {
  readonly code = 'CART_FULL'
}

/** What the shop session held was taken over at log-in: it is over. */
export class SessionEnded extends ShopError {
  readonly code = 'SESSION_ENDED'
}

export interface CartSaved {
  readonly kind: 'CartSaved'
  readonly cartId: string | null
}

/** An order is being made of it. */
export interface CartInCheckout {
  readonly kind: 'CartInCheckout'
  readonly orderId: string
}

export type CartOutcome = CartSaved | CartInCheckout

/** All of it in one transaction, the cart's row locked by `open`. */
export interface Carts {
  /** The owner's cart, locked; null for none. */
  open(owner: string): Promise<Cart | null>
  /** Does nothing where the owner has one. */
  begin(cart: Cart): Promise<void>
  isEnded(owner: string): Promise<boolean>
  items(cartId: string): Promise<CartItem[]>
  put(item: CartItem): Promise<void>
  drop(itemIds: readonly string[]): Promise<void>
  touch(cartId: string, now: Date): Promise<void>
}

interface Needs extends Asked {
  clock: Clock
  carts: Carts
}

const mostItems = 100
const mostPieces = 1000

/** Adds to what is there of the variant; a cart begins with its first item. */
export async function addCartItem(
  needs: Needs,
  { variantId, quantity = 1 }: { variantId: string; quantity?: number },
): Promise<CartOutcome> {
  if (!isId(variantId)) throw new NotFound('There is no such variant.')
  return changing(needs, async (cart) => {
    const items = await needs.carts.items(cart.id)
    const there = items.find((item) => item.variantId === variantId)
    if (!there && items.length >= mostItems) throw new CartFull(`At most ${mostItems} items.`)
    await needs.carts.put({
      id: there?.id ?? newId(),
      cartId: cart.id,
      variantId,
      quantity: piecesFrom(quantity, there?.quantity),
      addedAt: there?.addedAt ?? needs.clock.now(),
    })
  })
}

export const updateCartItem = (
  needs: Needs,
  { itemId, quantity }: { itemId: string; quantity: number },
): Promise<CartOutcome> =>
  changing(needs, async (cart) => {
    const item = await itemIn(needs, cart, itemId)
    await needs.carts.put({ ...item, quantity: piecesFrom(quantity) })
  })

export const removeCartItem = (
  needs: Needs,
  { itemId }: { itemId: string },
): Promise<CartOutcome> =>
  changing(needs, async (cart) => {
    const item = await itemIn(needs, cart, itemId)
    await needs.carts.drop([item.id])
  })

export const clearCart = (needs: Needs): Promise<CartOutcome> =>
  changing(needs, async (cart) => {
    const items = await needs.carts.items(cart.id)
    await needs.carts.drop(items.map(({ id }) => id))
  })

/**
 * After log-in: what the guest had is added to the shopper's own. The guest's cart and session are
 * over then, so that asked again, or by two at once, it is added once.
 */
export async function mergeCart(needs: Needs & { guests: GuestCarts }): Promise<CartOutcome> {
  const { identity, guests, clock } = needs
  const guest = identity.guestId ? `guest:${identity.guestId}` : null
  const brought = guest ? await guests.takeOver(guest, clock.now()) : { kind: 'Nothing' as const }
  if (brought.kind === 'CartInCheckout') return brought
  if (brought.kind === 'Nothing') {
    const own = await needs.carts.open(ownerIn(needs))
    return { kind: 'CartSaved', cartId: own?.id ?? null }
  }
  return changing(needs, async (cart) => {
    const there = await needs.carts.items(cart.id)
    for (const item of merged(there, brought.items).slice(0, mostItems)) {
      await needs.carts.put({ ...item, cartId: cart.id })
    }
  })
}

export interface GuestCarts {
  takeOver(guest: string, now: Date): Promise<TakenOver>
}

export type TakenOver =
  | { readonly kind: 'Nothing' }
  | { readonly kind: 'Taken'; readonly items: readonly CartItem[] }
  | CartInCheckout

/** One's own first; of what both have, the sum as far as a cart can hold it. */
function merged(own: readonly CartItem[], brought: readonly CartItem[]): CartItem[] {
  const both = new Map(own.map((item) => [item.variantId, item]))
  for (const item of brought) {
    const there = both.get(item.variantId)
    const quantity = Math.min(mostPieces, item.quantity + (there?.quantity ?? 0))
    both.set(item.variantId, { ...(there ?? { ...item, id: newId() }), quantity })
  }
  return [...both.values()]
}

async function changing(needs: Needs, change: (cart: Cart) => Promise<void>): Promise<CartOutcome> {
  const { carts, clock } = needs
  const cart = (await carts.open(ownerIn(needs))) ?? (await newCart(needs))
  if (cart.state === 'FROZEN') return { kind: 'CartInCheckout', orderId: cart.orderId ?? '' }
  await change(cart)
  await carts.touch(cart.id, clock.now())
  return { kind: 'CartSaved', cartId: cart.id }
}

async function newCart({ identity, carts, clock }: Needs): Promise<Cart> {
  const owner = ownerOf(identity)
  if (!owner) throw new Unauthenticated('Sign in, or open a shop session, first.')
  if (isGuest(owner) && (await carts.isEnded(owner))) {
    throw new SessionEnded('This shop session is over.')
  }
  const cart = {
    ...{ id: newId(), owner, state: 'OPEN' as const, version: 0, orderId: null },
    updatedAt: clock.now(),
  }
  await carts.begin(cart)
  // One that somebody else has begun meanwhile is the one.
  return (await carts.open(owner)) ?? cart
}

async function itemIn({ carts }: Needs, cart: Cart, itemId: string): Promise<CartItem> {
  const item = (await carts.items(cart.id)).find(({ id }) => id === itemId)
  if (!item) throw new NotFound('There is no such item in the cart.')
  return item
}

function piecesFrom(quantity: number, there = 0): number {
  const sum = quantity + there
  if (quantity < 1 || sum > mostPieces) {
    throw new BadQuantity(`A quantity is from 1 to ${mostPieces}.`)
  }
  return sum
}
