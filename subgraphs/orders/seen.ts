import type { Clock } from '@shop/kit/clock'
import type { Database } from '@shop/kit/database'
import { guestNamed, type Identity, serviceNamed } from '@shop/kit/identity'
import { isId } from '@shop/kit/ids'
import type { Request } from '@shop/kit/request'
import { Orders } from './db/orders.ts'
import type { Tables } from './db/schema.ts'
import { isGuest } from './domain/cart.ts'
import type { Order } from './domain/order.ts'
import type { OrderLinks } from './order-links.ts'

interface Needs {
  readonly db: Database<Tables>
  readonly clock: Clock
  readonly links: OrderLinks
  readonly request: Request
}

/** What a guest may still look up without the link that was mailed. */
const guestMs = 24 * 60 * 60 * 1000

/**
 * Orders as this request may see them: its caller's own and what staff may read, those of the guest
 * that the caller was a moment ago, and those whose link it showed. Parts are read as whoever the
 * order was shown to.
 */
export class SeenOrders {
  readonly #needs: Needs
  readonly #shownTo = new Map<string, Orders>()
  readonly #caller: Orders
  /** By an id of a part, which says nothing of its order: as row-level security lets the caller. */
  get own(): Orders {
    return this.#caller
  }
  readonly #former: Orders | null
  readonly #service: Orders

  constructor(needs: Needs) {
    const { db, request } = needs
    const { identity, cookies } = request
    const former = identity.kind === 'anonymous' ? cookies.guest : undefined
    this.#needs = needs
    this.#caller = new Orders(db, identity)
    this.#service = new Orders(db, serviceNamed('orders'))
    this.#former = former && former !== identity.guestId ? new Orders(db, guestNamed(former)) : null
  }

  async withIds(ids: readonly string[]): Promise<Order[]> {
    const own = this.#shown(await this.#caller.withIds(ids), this.#caller)
    const left = ids.filter((id) => !own.some((order) => order.id === id))
    if (left.length === 0 || !this.#former) return own
    return [...own, ...this.#shown(await this.#former.withIds(left), this.#former)]
  }

  /** By its id or its number; with a link, by what the link proves. */
  async find({ id, number, link }: Key): Promise<Order | null> {
    const linked = link ? this.#needs.links.read(link) : null
    if (linked) return this.#proven(linked, id ?? linked)
    if (!id) return number ? this.#numbered(number) : null
    const [found] = isId(id) ? await this.withIds([id]) : []
    return found ?? null
  }

  async #numbered(number: string): Promise<Order | null> {
    for (const orders of [this.#caller, this.#former]) {
      const found = await orders?.withNumber(number)
      if (found && orders) return this.#shown([found], orders)[0] ?? null
    }
    return null
  }

  /** Of orders that were shown, each as whoever it was shown to. */
  async parts<T>(
    orderIds: readonly string[],
    read: (orders: Orders, ids: readonly string[]) => Promise<T[]>,
  ): Promise<T[]> {
    const groups = Map.groupBy(orderIds, (id) => this.#shownTo.get(id) ?? this.#caller)
    const all = [...groups].map(([orders, ids]) => read(orders, ids))
    return (await Promise.all(all)).flat()
  }

  async #proven(linked: string, wanted: string): Promise<Order | null> {
    const [order] = wanted === linked ? await this.#service.withIds([linked]) : []
    if (order) this.#shownTo.set(order.id, this.#service)
    return order ?? null
  }

  #shown(found: readonly Order[], to: Orders): Order[] {
    const { clock, request } = this.#needs
    const since = clock.now().getTime() - guestMs
    const isPerson = isStaff(request.identity)
    const shown = found.filter(
      ({ owner, placedAt }) => isPerson || !isGuest(owner) || placedAt.getTime() > since,
    )
    for (const { id } of shown) this.#shownTo.set(id, to)
    return shown
  }
}

interface Key {
  readonly id?: string | null | undefined
  readonly number?: string | null | undefined
  readonly link?: string | null | undefined
}

const isStaff = ({ kind }: Identity) => kind === 'staff' || kind === 'service'
