import type { Database } from '@shop/kit/database'
import type { Identity } from '@shop/kit/identity'
import { sql } from 'kysely'
import type { PriceSettings } from '../domain/rules.ts'
import type { Tables } from './schema.ts'

export class Settings {
  readonly #db: Database<Tables>
  readonly #caller: Identity

  constructor(db: Database<Tables>, caller: Identity) {
    this.#db = db
    this.#caller = caller
  }

  read(): Promise<PriceSettings> {
    return readSettings(this.#db)
  }

  /** False where they were changed since the version before this one. */
  change({ pricesIncludeTax, homeCountry, version }: PriceSettings): Promise<boolean> {
    return this.#db.as(this.#caller, async (tx) => {
      const { numUpdatedRows } = await tx
        .updateTable('price_rules')
        .set({
          prices_include_tax: pricesIncludeTax,
          home_country: homeCountry,
          settings_version: version,
          version: sql<number>`version + 1`,
        })
        .where('settings_version', '=', version - 1)
        .executeTakeFirst()
      return numUpdatedRows === 1n
    })
  }
}

export const readSettings = (db: Pick<Database<Tables>, 'selectFrom'>) =>
  db
    .selectFrom('price_rules')
    .select([
      'prices_include_tax as pricesIncludeTax',
      'home_country as homeCountry',
      'settings_version as version',
    ])
    .executeTakeFirstOrThrow()
