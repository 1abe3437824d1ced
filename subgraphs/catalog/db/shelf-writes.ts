import type { Database } from '@shop/kit/database'
import { BadUserInput } from '@shop/kit/errors'
import type { Identity } from '@shop/kit/identity'
import { isId } from '@shop/kit/ids'
import { sql } from 'kysely'
import type { Collection, Named, Seller } from '../domain/product.ts'
import type { CollectionChanges, SellerChanges, ShelfNeeds } from '../domain/save-shelf.ts'
import { freeing, refusing } from './refusals.ts'
import type { Tables } from './schema.ts'

/** Changes of tags, brands, collections and sellers. */
export class ShelfWrites implements Shelf {
  readonly #db: Database<Tables>
  readonly #caller: Identity

  constructor(db: Database<Tables>, caller: Identity) {
    this.#db = db
    this.#caller = caller
  }

  addNamed(table: 'tags' | 'brands', row: Named): Promise<void> {
    return this.#db.as(this.#caller, async (tx) => {
      await refusing(tx.insertInto(table).values(row).execute())
    })
  }

  async changeNamed(table: 'tags' | 'brands', id: string, changes: object): Promise<boolean> {
    if (!isId(id)) return false
    return this.#db.as(this.#caller, async (tx) => {
      // Updating nothing else, it still says whether there is one.
      const update = tx
        .updateTable(table)
        .set({ ...changes, id })
        .where('id', '=', id)
      return (await refusing(update.executeTakeFirst())).numUpdatedRows > 0n
    })
  }

  async removeTag(id: string): Promise<boolean> {
    if (!isId(id)) return false
    return this.#db.as(this.#caller, async (tx) => {
      const remove = tx.deleteFrom('tags').where('id', '=', id)
      return (await freeing(remove.executeTakeFirst())).numDeletedRows > 0n
    })
  }

  async heldCollection(id: string): Promise<Collection | null> {
    if (!isId(id)) return null
    return this.#db.as(this.#caller, async (tx) => {
      const found = tx.selectFrom('collections').where('id', '=', id).forUpdate()
      const columns = ['id', 'slug', 'name', 'description', 'version'] as const
      return (await found.select(columns).executeTakeFirst()) ?? null
    })
  }

  addCollection(row: Named & CollectionChanges): Promise<void> {
    return this.#db.as(this.#caller, async (tx) => {
      await refusing(tx.insertInto('collections').values(row).execute())
    })
  }

  changeCollection(id: string, changes: CollectionChanges): Promise<void> {
    return this.#db.as(this.#caller, async (tx) => {
      const update = tx
        .updateTable('collections')
        .set((eb) => ({ ...changes, version: eb('version', '+', 1) }))
      await refusing(update.where('id', '=', id).execute())
    })
  }

  fillCollection(id: string, productIds: readonly string[]): Promise<void> {
    return this.#db.as(this.#caller, async (tx) => {
      await tx.deleteFrom('collection_products').where('collection_id', '=', id).execute()
      await sql`
        insert into collection_products (collection_id, product_id, position)
        select ${id}::uuid, products.id, put.position
        from unnest(${productIds.filter(isId)}::uuid[]) with ordinality as put(product_id, position)
          join products on products.id = put.product_id
        on conflict do nothing`.execute(tx)
    })
  }

  async removeCollection(id: string): Promise<boolean> {
    if (!isId(id)) return false
    return this.#db.as(this.#caller, async (tx) => {
      const removed = await tx.deleteFrom('collections').where('id', '=', id).executeTakeFirst()
      return removed.numDeletedRows > 0n
    })
  }

  async heldSeller(id: string): Promise<Seller | null> {
    if (!isId(id)) return null
    return this.#db.as(this.#caller, async (tx) => {
      const found = tx.selectFrom('sellers').where('id', '=', id).forUpdate()
      const columns = ['id', 'slug', 'name', 'country', 'version'] as const
      const seller = found.select([...columns, 'commission_bps as commissionBps'])
      return (await seller.executeTakeFirst()) ?? null
    })
  }

  addSeller({ id, slug, name, ...changes }: Named & SellerChanges): Promise<void> {
    return this.#db.as(this.#caller, async (tx) => {
      const row = { id, slug, name, ...sellerColumns(changes) }
      await refusing(tx.insertInto('sellers').values(row).execute())
    })
  }

  changeSeller(id: string, changes: SellerChanges): Promise<void> {
    return this.#db.as(this.#caller, async (tx) => {
      const update = tx
        .updateTable('sellers')
        .set((eb) => ({ ...sellerColumns(changes), version: eb('version', '+', 1) }))
      await refusing(update.where('id', '=', id).execute())
    })
  }
}

type Shelf = ShelfNeeds['shelf']

function sellerColumns({ commissionBps, ownerIds, ...rest }: SellerChanges) {
  if (ownerIds?.some((id) => !isId(id))) throw new BadUserInput('An owner is the id of a user.')
  return {
    ...rest,
    ...(commissionBps !== undefined && { commission_bps: commissionBps }),
    ...(ownerIds && { owner_ids: [...ownerIds] }),
  }
}
