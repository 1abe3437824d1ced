import type { Database } from '@shop/kit/database'
import { sql } from 'kysely'
import type { Collection, Named, Seller } from '../domain/product.ts'
import type { Tables } from './schema.ts'

const named = ['id', 'slug', 'name'] as const

/** Brands, sellers, tags and collections. */
export class Shelves {
  readonly #db: Database<Tables>

  constructor(db: Database<Tables>) {
    this.#db = db
  }

  brands(ids: readonly string[]): Promise<Named[]> {
    return this.#db.selectFrom('brands').where('id', 'in', ids).select(named).execute()
  }

  async brandBySlug(slug: string): Promise<Named | null> {
    const found = this.#db.selectFrom('brands').where('slug', '=', slug).select(named)
    return (await found.executeTakeFirst()) ?? null
  }

  sellers(ids: readonly string[]): Promise<Seller[]> {
    return this.#sellers().where('id', 'in', ids).execute()
  }

  async sellerBySlug(slug: string): Promise<Seller | null> {
    return (await this.#sellers().where('slug', '=', slug).executeTakeFirst()) ?? null
  }

  async ownedBy(userId: string): Promise<string[]> {
    const own = await this.#db
      .selectFrom('sellers')
      .where(sql<boolean>`${userId} = any(owner_ids::text[])`)
      .select('id')
      .execute()
    return own.map(({ id }) => id)
  }

  tags(ids: readonly string[]): Promise<Named[]> {
    return this.#db.selectFrom('tags').where('id', 'in', ids).select(named).execute()
  }

  async idsOf(slugs: readonly string[]): Promise<string[]> {
    const found = this.#db.selectFrom('tags').where('slug', 'in', slugs).select('id')
    return (await found.execute()).map(({ id }) => id)
  }

  tagsFrom(prefix: string, first: number): Promise<Named[]> {
    return this.#db
      .selectFrom('tags')
      .where('slug', '>=', prefix)
      .where('slug', '<', `${prefix}~`)
      .orderBy('slug')
      .limit(first)
      .select(named)
      .execute()
  }

  collections(ids: readonly string[]): Promise<Collection[]> {
    return this.#collections().where('id', 'in', ids).execute()
  }

  async collectionBySlug(slug: string): Promise<Collection | null> {
    return (await this.#collections().where('slug', '=', slug).executeTakeFirst()) ?? null
  }

  allCollections(): Promise<Collection[]> {
    return this.#collections().orderBy('position').orderBy('id').limit(500).execute()
  }

  #sellers() {
    return this.#db
      .selectFrom('sellers')
      .select([...named, 'country', 'commission_bps as commissionBps', 'version'])
  }

  #collections() {
    return this.#db.selectFrom('collections').select([...named, 'description', 'version'])
  }
}
