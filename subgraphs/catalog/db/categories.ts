import type { Database } from '@shop/kit/database'
import { sql } from 'kysely'
import type { Category } from '../domain/product.ts'
import type { Tables } from './schema.ts'

export const categoryColumns = [
  'categories.id',
  'categories.slug',
  'categories.name',
  'categories.parent_id as parentId',
  'categories.description',
  'categories.path',
  'categories.version',
] as const

export class Categories {
  readonly #db: Database<Tables>

  constructor(db: Database<Tables>) {
    this.#db = db
  }

  byIds(ids: readonly string[]): Promise<Category[]> {
    return this.#all().where('id', 'in', ids).execute()
  }

  async bySlug(slug: string): Promise<Category | null> {
    return (await this.#all().where('slug', '=', slug).executeTakeFirst()) ?? null
  }

  async idOf(slug: string): Promise<string | null> {
    return (await this.bySlug(slug))?.id ?? null
  }

  childrenOf(parentIds: readonly string[]): Promise<Category[]> {
    return this.#all()
      .where('parent_id', 'in', parentIds)
      .orderBy('position')
      .orderBy('id')
      .execute()
  }

  /** Down to so many levels below the parent, or below the shop: parents before their children, at most 2,000. */
  below(parentId: string | null, depth: number): Promise<Category[]> {
    const top = parentId
      ? sql<number>`(select cardinality(path) from categories where id = ${parentId})`
      : sql<number>`0`
    let query = this.#all().where(sql<boolean>`cardinality(path) <= ${top} + ${depth}`)
    if (parentId) {
      query = query
        .where(sql<boolean>`path @> array[${parentId}]::uuid[]`)
        .where('id', '<>', parentId)
    }
    return query
      .orderBy(sql`cardinality(path)`)
      .orderBy('position')
      .orderBy('id')
      .limit(2000)
      .execute()
  }

  /** How many are on sale in each of these and below. */
  counts(ids: readonly string[]): Promise<{ id: string; count: number }[]> {
    return this.#db
      .selectFrom('listings')
      .where('category_id', 'in', ids)
      .where(sql<boolean>`status = 'ACTIVE'`)
      .groupBy('category_id')
      .select(['category_id as id', sql<number>`count(*)`.as('count')])
      .execute()
  }

  #all() {
    return this.#db.selectFrom('categories').select(categoryColumns)
  }
}
