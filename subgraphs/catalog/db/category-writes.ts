import type { Database } from '@shop/kit/database'
import { BadUserInput } from '@shop/kit/errors'
import type { Identity } from '@shop/kit/identity'
import { isId } from '@shop/kit/ids'
import { sql } from 'kysely'
import type { Category } from '../domain/product.ts'
import type { CategoryChanges } from '../domain/save-category.ts'
import { categoryColumns } from './categories.ts'
import { changed } from './changed.ts'
import { freeing, refusing } from './refusals.ts'
import type { Tables } from './schema.ts'

export class CategoryWrites {
  readonly #db: Database<Tables>
  readonly #caller: Identity

  constructor(db: Database<Tables>, caller: Identity) {
    this.#db = db
    this.#caller = caller
  }

  held(id: string): Promise<Category | null> {
    return this.#db.as(this.#caller, async (tx) => {
      await sql`select pg_advisory_xact_lock(hashtext('catalog.categories'))`.execute(tx)
      if (!isId(id)) return null
      const found = tx.selectFrom('categories').where('id', '=', id).select(categoryColumns)
      return (await found.executeTakeFirst()) ?? null
    })
  }

  add({ parentId, path, ...rest }: Category & { position: number }): Promise<void> {
    return this.#db.as(this.#caller, async (tx) => {
      const row = { ...rest, parent_id: parentId, path: [...path] }
      await refusing(tx.insertInto('categories').values(row).execute())
    })
  }

  change(id: string, changes: CategoryChanges): Promise<void> {
    return this.#db.as(this.#caller, async (tx) => {
      const update = tx
        .updateTable('categories')
        .set((eb) => ({ ...changes, version: eb('version', '+', 1) }))
      await refusing(update.where('id', '=', id).execute())
    })
  }

  move({ id, path }: Category, parent: Category | null, now: Date): Promise<void> {
    return this.#db.as(this.#caller, async (tx) => {
      const { rows } = await sql<{ level: number }>`
        update categories
        set path = ${parent?.path ?? []}::uuid[] || path[${path.length}:],
          parent_id = case when id = ${id} then ${parent?.id ?? null}::uuid else parent_id end,
          version = version + 1
        where path @> array[${id}]::uuid[]
        returning cardinality(path) as level`.execute(tx)
      if (rows.some(({ level }) => level > 8)) throw new BadUserInput('The tree has 8 levels.')
      const below = await tx
        .selectFrom('listings')
        .where('category_id', '=', id)
        .select('product_id as productId')
        .execute()
      await changed(
        tx,
        below.map(({ productId }) => productId),
        now,
      )
    })
  }

  remove(id: string): Promise<void> {
    return this.#db.as(this.#caller, async (tx) => {
      await freeing(tx.deleteFrom('categories').where('id', '=', id).execute())
    })
  }
}
