import { Unauthenticated } from '@shop/kit/errors'
import { type Asked, ownerOf } from '@shop/kit/identity'

/** OPEN may be changed; FROZEN while an order is made of it; the others are over. */
export type CartState = 'OPEN' | 'FROZEN' | 'ORDERED' | 'MERGED'

export interface Cart {
  readonly id: string
  /** `user:<id>` or `guest:<id>`. */
  readonly owner: string
  readonly state: CartState
  readonly version: number
  readonly orderId: string | null
  readonly updatedAt: Date
}

export interface CartItem {
  readonly id: string
  readonly cartId: string
  readonly variantId: string
  readonly quantity: number
  readonly addedAt: Date
}

/** The shopper or guest whose cart and orders these are. */
export function ownerIn({ identity }: Asked): string {
  const owner = ownerOf(identity)
  if (!owner.startsWith('user:') && !owner.startsWith('guest:')) {
    throw new Unauthenticated('Sign in, or open a shop session, first.')
  }
  return owner
}

export const isGuest = (owner: string): boolean => owner.startsWith('guest:')

export const piecesIn = (items: readonly CartItem[]): number =>
  items.reduce((sum, { quantity }) => sum + quantity, 0)
