import type { Database, Tx } from '@shop/kit/database'
import type { Identity } from '@shop/kit/identity'
import { sql } from 'kysely'
import type { TaxClass } from '../domain/rules.ts'
import type { Tables } from './schema.ts'
import { bumped } from './version.ts'

/** All of them, the default first: a handful. */
export async function readTaxClasses(
  db: Pick<Database<Tables>, 'selectFrom'>,
): Promise<TaxClass[]> {
  const [classes, rates, goods] = await Promise.all([
    db
      .selectFrom('tax_classes')
      .orderBy('is_default', 'desc')
      .orderBy('code')
      .select(['id', 'code', 'name', 'is_default as isDefault', 'version'])
      .execute(),
    db.selectFrom('tax_rates').orderBy('country').orderBy('region').selectAll().execute(),
    db.selectFrom('tax_class_goods').orderBy('good_id').selectAll().execute(),
  ])
  const own = <R extends { tax_class_id: string }>(rows: readonly R[], id: string) =>
    rows.filter(({ tax_class_id }) => tax_class_id === id)
  return classes.map((each) => ({
    ...each,
    rates: own(rates, each.id).map(({ country, region, rate_bps }) => ({
      country,
      region: region || null,
      rateBps: rate_bps,
    })),
    productIds: own(goods, each.id).flatMap((good) => (good.is_category ? [] : good.good_id)),
    categoryIds: own(goods, each.id).flatMap((good) => (good.is_category ? good.good_id : [])),
  }))
}

export class TaxClasses {
  readonly #db: Database<Tables>
  readonly #caller: Identity

  constructor(db: Database<Tables>, caller: Identity) {
    this.#db = db
    this.#caller = caller
  }

  all(): Promise<TaxClass[]> {
    return readTaxClasses(this.#db)
  }

  /** False where the code is taken, or a product or category is in another class. */
  add(taxClass: TaxClass): Promise<boolean> {
    const { id, code, name } = taxClass
    return this.#db.as(this.#caller, async (tx) => {
      const { numInsertedOrUpdatedRows } = await tx
        .insertInto('tax_classes')
        .values({ id, code, name })
        .onConflict((conflict) => conflict.column('code').doNothing())
        .executeTakeFirst()
      return numInsertedOrUpdatedRows === 1n && put(tx, taxClass)
    })
  }

  /** The same, and where it was changed since the version before this one. */
  change(taxClass: TaxClass): Promise<boolean> {
    const { id, name, version } = taxClass
    return this.#db.as(this.#caller, async (tx) => {
      const { numUpdatedRows } = await tx
        .updateTable('tax_classes')
        .set({ name, version })
        .where('id', '=', id)
        .where('version', '=', version - 1)
        .executeTakeFirst()
      return numUpdatedRows === 1n && put(tx, taxClass)
    })
  }
}

/** In place of what the class had. Whoever is told false gives the transaction up. */
async function put(tx: Tx<Tables>, { id, rates, productIds, categoryIds }: TaxClass) {
  await tx.deleteFrom('tax_rates').where('tax_class_id', '=', id).execute()
  await tx.deleteFrom('tax_class_goods').where('tax_class_id', '=', id).execute()
  await sql`
    insert into tax_rates (tax_class_id, country, region, rate_bps)
    select ${id}::uuid, country, coalesce(region, ''), "rateBps"
    from jsonb_to_recordset(${JSON.stringify(rates)}::jsonb)
      as row(country text, region text, "rateBps" integer)`.execute(tx)
  const { numAffectedRows } = await sql`
    insert into tax_class_goods (good_id, tax_class_id, is_category)
    select good_id, ${id}::uuid, false from unnest(${[...productIds]}::uuid[]) as good_id
    union all
    select good_id, ${id}::uuid, true from unnest(${[...categoryIds]}::uuid[]) as good_id
    on conflict do nothing`.execute(tx)
  await bumped.execute(tx)
  return Number(numAffectedRows) === productIds.length + categoryIds.length
}
