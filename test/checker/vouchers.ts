import { type Evidence, told } from './evidence.ts'

/** I10: a voucher was used no oftener than it may be, by orders that kept what it took off. */
export async function vouchersWithinLimits({ shop, since }: Evidence): Promise<string[]> {
  const over = await shop(`
    select code, max_uses, vouchers.uses as said, count(step_key)::integer as uses
    from promotions.vouchers left join promotions.voucher_uses on voucher_id = id and released_at is null
    group by vouchers.id having count(step_key) > max_uses or count(step_key) <> vouchers.uses`)
  const byShopper = await shop(`
    select code, owner, max_uses_per_shopper, count(*) as uses
    from promotions.voucher_uses join promotions.vouchers on id = voucher_id
    where released_at is null group by vouchers.id, owner having count(*) > max_uses_per_shopper`)
  const kept = await shop(
    `select order_id as order, code from promotions.voucher_uses
      join promotions.vouchers on id = voucher_id
      where released_at is null and taken_at >= $1 and not exists (
        select from orders.checkouts where checkouts.order_id = voucher_uses.order_id and state <> 'UNDONE')`,
    [since],
  )
  return [
    ...told('a voucher that was used too often', over),
    ...told('a shopper who used a voucher too often', byShopper),
    ...told('a voucher that an order took with it', kept),
  ]
}
