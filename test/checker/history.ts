import type { Recorded } from '../faults/recorder.ts'
import { type Evidence, told } from './evidence.ts'

/** What a reply says became of a mutation: its kind and the ids in it. */
function outcomeOf({ reply }: Recorded): string | null {
  if (!reply?.data || reply.codes.length > 0) return null
  const [result] = Object.values(reply.data)
  if (!result || typeof result !== 'object') return null
  const { __typename, ...rest } = result as Record<string, unknown>
  const ids = Object.entries(rest).flatMap(([field, value]) => {
    const { id } = (value ?? {}) as { id?: unknown }
    return id ? [`${field} ${id}`] : []
  })
  return [__typename, ...ids].join(' ')
}

const keyIn = (variables: unknown): string | undefined =>
  (variables as { input?: { idempotencyKey?: string } })?.input?.idempotencyKey

/** I5: one key, one outcome, whoever was told how often; and one effect. */
export async function keysActOnce({ calls, shop, since }: Evidence): Promise<string[]> {
  const keyed = calls.filter(({ variables }) => keyIn(variables))
  const groups = Map.groupBy(keyed, ({ client, name, variables }) =>
    [client, name, keyIn(variables)].join(' '),
  )
  const faults = [...groups].flatMap(([key, own]) => {
    const outcomes = new Set(own.flatMap((call) => outcomeOf(call) ?? []))
    return outcomes.size > 1 ? [`${key} came to ${[...outcomes].join(' and to ')}`] : []
  })
  const doubled = await shop(
    `select act->>'caller' as caller, act->>'key' as key, count(*) as orders
      from orders.checkouts join orders.orders on orders.id = order_id
      where status <> 'CANCELLED' and placed_at >= $1 group by 1, 2 having count(*) > 1`,
    [since],
  )
  return [...faults, ...told('one key made two orders', doubled)]
}

/** I12: an order that a client was told of is there, and no order is there by half. */
export async function ordersAreWhole({ calls, shop, since }: Evidence): Promise<string[]> {
  const acknowledged = calls.flatMap(({ reply }) => {
    const id = reply?.data?.checkout?.order?.id
    return id ? [String(id)] : []
  })
  const gone = await shop(
    `select id as order from unnest($1::uuid[]) as told(id)
      where not exists (select from orders.orders where orders.id = told.id)`,
    [[...new Set(acknowledged)]],
  )
  const halves = await shop(
    `select orders.id as order, total_minor, shipping_minor, items
      from orders.orders left join lateral (
        select sum(total_minor)::bigint as items from orders.order_items where order_id = orders.id
      ) as summed on true
      where placed_at >= $1 and (items is null
        or not exists (select from orders.checkouts where order_id = orders.id)
        or not exists (select from orders.order_stages where order_id = orders.id)
        or subtotal_minor is null)`,
    [since],
  )
  return [...told('an acknowledged order is gone', gone), ...told('half an order', halves)]
}

interface Seen {
  readonly call: Recorded
  readonly version: number
}

/** I16: what a client reads of its own order never goes back. */
export async function readsGoForward({ calls }: Evidence): Promise<string[]> {
  const seen = calls.flatMap((call): (Seen & { key: string })[] => {
    const order = call.reply?.data?.order
    return order?.id && order.version
      ? [{ key: `${call.client} ${order.id}`, call, version: Number(order.version) }]
      : []
  })
  return [...Map.groupBy(seen, ({ key }) => key)].flatMap(([key, reads]) => backwards(key, reads))
}

/** Only a read that began after another had ended has to see as much. */
function backwards(key: string, reads: readonly Seen[]): string[] {
  const byStart = reads.toSorted((a, b) => a.call.sentAt - b.call.sentAt)
  return byStart.flatMap(({ call, version }) => {
    const before = byStart.filter((other) => other.call.doneAt < call.sentAt)
    const most = Math.max(0, ...before.map((other) => other.version))
    return most > version ? [`${key} was at version ${most} and then at ${version}`] : []
  })
}
