import type { Connection, Database, Page } from '@shop/kit/database'
import { type Identity, ownerOf } from '@shop/kit/identity'
import { isId } from '@shop/kit/ids'
import { sql } from 'kysely'
import type { Voucher, VoucherOf } from '../domain/rules.ts'
import type { Step } from '../domain/take-price.ts'
import type { Tables } from './schema.ts'

const columns = [
  'vouchers.id',
  'vouchers.code',
  'vouchers.promotion_id as promotionId',
  'vouchers.max_uses as maxUses',
  'vouchers.max_uses_per_shopper as maxUsesPerShopper',
  'vouchers.uses',
  'vouchers.ends_at as endsAt',
  'vouchers.version',
] as const

export class Vouchers {
  readonly #db: Database<Tables>
  readonly #caller: Identity

  constructor(db: Database<Tables>, caller: Identity) {
    this.#db = db
    this.#caller = caller
  }

  /** As they stand for the shopper for whom it is asked. */
  async withCodes(codes: readonly string[]): Promise<VoucherOf[]> {
    if (codes.length === 0) return []
    const owner = ownerOf(this.#caller)
    return this.#db.see(this.#caller, (tx) =>
      tx
        .selectFrom('vouchers')
        .leftJoin('voucher_shoppers as shopper', (join) =>
          join.onRef('shopper.voucher_id', '=', 'vouchers.id').on('shopper.owner', '=', owner),
        )
        .where('code', 'in', codes)
        .select([...columns, sql<number>`coalesce(shopper.uses, 0)`.as('usesOfShopper')])
        .execute(),
    )
  }

  withIds(ids: readonly string[]): Promise<Voucher[]> {
    return this.#db.selectFrom('vouchers').where('id', 'in', ids).select(columns).execute()
  }

  async withId(id: string): Promise<Voucher | null> {
    return isId(id) ? ((await this.withIds([id]))[0] ?? null) : null
  }

  async byCode(code: string): Promise<Voucher | null> {
    const found = this.#db.selectFrom('vouchers').where('code', '=', code).select(columns)
    return (await found.executeTakeFirst()) ?? null
  }

  of(promotionId: string, page: Page): Promise<Connection<Voucher>> {
    const own = this.#db.selectFrom('vouchers').where('promotion_id', '=', promotionId)
    return this.#db.page(own.select(columns), { page })
  }

  /** How many were new: a code that is there already stays as it is. */
  add(vouchers: readonly Voucher[]): Promise<number> {
    const rows = vouchers.map(({ id, code, promotionId, ...voucher }) => ({
      id,
      code,
      promotion_id: promotionId,
      max_uses: voucher.maxUses,
      max_uses_per_shopper: voucher.maxUsesPerShopper,
      ends_at: voucher.endsAt,
    }))
    return this.#db.as(this.#caller, async (tx) => {
      const { numAffectedRows } = await sql`
        insert into vouchers (id, code, promotion_id, max_uses, max_uses_per_shopper, ends_at)
        select id, code, promotion_id, max_uses, max_uses_per_shopper, ends_at
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row(id uuid, code text,
          promotion_id uuid, max_uses integer, max_uses_per_shopper integer, ends_at timestamptz)
        on conflict (code) do nothing`.execute(tx)
      return Number(numAffectedRows)
    })
  }

  /** False where it was changed since the version before this one, or is used more often already. */
  change({ id, version, maxUses, maxUsesPerShopper, endsAt }: Voucher): Promise<boolean> {
    return this.#db.as(this.#caller, async (tx) => {
      const { numUpdatedRows } = await tx
        .updateTable('vouchers')
        .set({
          version,
          max_uses: maxUses,
          max_uses_per_shopper: maxUsesPerShopper,
          ends_at: endsAt,
        })
        .where('id', '=', id)
        .where('version', '=', version - 1)
        .where(sql<boolean>`uses <= ${maxUses ?? 2 ** 31 - 1}`)
        .executeTakeFirst()
      return numUpdatedRows === 1n
    })
  }

  /** One use of each for the order, or of none: the looking and the taking are one statement. */
  take(ids: readonly string[], { stepKey, orderId, owner, at }: Step): Promise<boolean> {
    return this.#db.as(this.#caller, async (tx) => {
      await sql`savepoint uses`.execute(tx)
      // Locked in the order of their ids, so that two carts with the same two vouchers cannot deadlock.
      const { numAffectedRows } = await sql`
        with wanted as (
          select id from vouchers where id = any(${[...ids]}::uuid[]) order by id for update
        ), taken as (
          update vouchers set uses = uses + 1 from wanted
          where vouchers.id = wanted.id and (max_uses is null or uses < max_uses)
          returning vouchers.id, max_uses_per_shopper
        ), counted as (
          insert into voucher_shoppers as shopper (voucher_id, owner, uses)
          select id, ${owner}, 1 from taken
          on conflict (voucher_id, owner) do update set uses = shopper.uses + 1
          where shopper.uses < coalesce((select max_uses_per_shopper from vouchers
            where id = shopper.voucher_id), 2147483647)
          returning voucher_id
        )
        insert into voucher_uses (voucher_id, step_key, order_id, owner, taken_at)
        select voucher_id, ${stepKey}, ${orderId}::uuid, ${owner}, ${at} from counted`.execute(tx)
      if (Number(numAffectedRows) === ids.length) return true
      await sql`rollback to savepoint uses`.execute(tx)
      return false
    })
  }
}
