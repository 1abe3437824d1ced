import type { Database, Tx } from '@shop/kit/database'
import { type Identity, ownerOf } from '@shop/kit/identity'
import { sql } from 'kysely'
import type { Cart, CartItem } from '../domain/cart.ts'
import type { TakenOver } from '../domain/change-cart.ts'
import type { Tables } from './schema.ts'

const columns = [
  'id',
  'owner',
  'state',
  'version',
  'order_id as orderId',
  'updated_at as updatedAt',
] as const

const itemColumns = [
  'id',
  'cart_id as cartId',
  'variant_id as variantId',
  'quantity',
  'added_at as addedAt',
] as const

export class Carts {
  readonly #db: Database<Tables>
  readonly #caller: Identity

  constructor(db: Database<Tables>, caller: Identity) {
    this.#db = db
    this.#caller = caller
  }

  withIds(ids: readonly string[]): Promise<Cart[]> {
    return this.#db.see(this.#caller, (tx) =>
      tx.selectFrom('carts').where('id', 'in', ids).select(columns).execute(),
    )
  }

  /** The one that is not over. */
  async current(): Promise<Cart | null> {
    const owner = ownerOf(this.#caller)
    if (!owner) return null
    const found = await this.#db.see(this.#caller, (tx) => live(tx, owner).executeTakeFirst())
    return found ?? null
  }

  itemsOf(cartIds: readonly string[]): Promise<CartItem[]> {
    return this.#db.see(this.#caller, (tx) =>
      tx
        .selectFrom('cart_items')
        .where('cart_id', 'in', cartIds)
        .orderBy('added_at')
        .orderBy('id')
        .select(itemColumns)
        .execute(),
    )
  }

  open(owner: string): Promise<Cart | null> {
    return this.#db.as(
      this.#caller,
      async (tx) => (await live(tx, owner).forUpdate().executeTakeFirst()) ?? null,
    )
  }

  async begin({ id, owner, state, version, updatedAt }: Cart): Promise<void> {
    const row = { id, owner, state, version, updated_at: updatedAt }
    await this.#db.as(this.#caller, (tx) =>
      tx
        .insertInto('carts')
        .values(row)
        .onConflict((on) => on.doNothing())
        .execute(),
    )
  }

  async isEnded(owner: string): Promise<boolean> {
    const ended = await this.#db.as(this.#caller, (tx) =>
      tx
        .selectFrom('ended_sessions')
        .where('guest_id', '=', owner)
        .select('guest_id')
        .executeTakeFirst(),
    )
    return ended !== undefined
  }

  items(cartId: string): Promise<CartItem[]> {
    return this.#db.as(this.#caller, (tx) =>
      tx
        .selectFrom('cart_items')
        .where('cart_id', '=', cartId)
        .orderBy('added_at')
        .orderBy('id')
        .select(itemColumns)
        .execute(),
    )
  }

  async put({ id, cartId, variantId, quantity, addedAt }: CartItem): Promise<void> {
    const row = { id, cart_id: cartId, variant_id: variantId, quantity, added_at: addedAt }
    await this.#db.as(this.#caller, (tx) =>
      tx
        .insertInto('cart_items')
        .values(row)
        .onConflict((on) => on.columns(['cart_id', 'variant_id']).doUpdateSet({ quantity }))
        .execute(),
    )
  }

  async drop(itemIds: readonly string[]): Promise<void> {
    if (itemIds.length === 0) return
    await this.#db.as(this.#caller, (tx) =>
      tx.deleteFrom('cart_items').where('id', 'in', itemIds).execute(),
    )
  }

  async touch(cartId: string, now: Date): Promise<void> {
    await this.#db.as(this.#caller, (tx) =>
      tx
        .updateTable('carts')
        .set((eb) => ({ version: eb('version', '+', 1), updated_at: now }))
        .where('id', '=', cartId)
        .execute(),
    )
  }

  /**
   * Ends a guest's cart and session, and gives what was in it; within a transaction of the shopper
   * who takes it over, to whom a guest's rows are not shown: so this is done as the subgraph itself.
   */
  takeOver(guest: string, now: Date): Promise<TakenOver> {
    return this.#db.as(this.#caller, async (tx) => {
      const kind = sql<{ kind: string }>`select current_setting('shop.kind') as kind`
      const [before] = (await kind.execute(tx)).rows
      await sql`select set_config('shop.kind', 'service', true)`.execute(tx)
      const taken = await endGuest(tx, guest, now)
      await sql`select set_config('shop.kind', ${before?.kind ?? ''}, true)`.execute(tx)
      return taken
    })
  }
}

async function endGuest(tx: Tx<Tables>, guest: string, now: Date): Promise<TakenOver> {
  const cart = await live(tx, guest).forUpdate().executeTakeFirst()
  if (cart?.state === 'FROZEN') return { kind: 'CartInCheckout', orderId: cart.orderId ?? '' }
  await tx
    .insertInto('ended_sessions')
    .values({ guest_id: guest, at: now })
    .onConflict((on) => on.doNothing())
    .execute()
  if (!cart) return { kind: 'Nothing' }
  await tx.updateTable('carts').set({ state: 'MERGED' }).where('id', '=', cart.id).execute()
  const own = tx.selectFrom('cart_items').where('cart_id', '=', cart.id)
  return { kind: 'Taken', items: await own.orderBy('added_at').select(itemColumns).execute() }
}

const live = (tx: Tx<Tables>, owner: string) =>
  tx
    .selectFrom('carts')
    .where('owner', '=', owner)
    .where('state', 'in', ['OPEN', 'FROZEN'])
    .select(columns)
