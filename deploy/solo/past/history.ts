import type { demoShop } from '@shop/demo/demo-shop'
import type { PastWriter } from '@shop/doubles/stripe/past'
import type { NewAssessment, PastAssessor } from '@shop/fraud/bulk'
import type { riskFactsBy } from '@shop/orders/bulk'
import { storyOf } from './become.ts'
import { idOf, type Names, type Ordered, orderedOf } from './ordered.ts'
import {
  assessmentPart,
  orderPart,
  type Past,
  paymentPart,
  pricePart,
  salePart,
  type Told,
} from './parts.ts'
import { type Placed, placedIn } from './placed.ts'

type DemoShop = ReturnType<typeof demoShop>

interface Tellers {
  readonly assessor: PastAssessor
  readonly riskOf: ReturnType<typeof riskFactsBy>
  readonly provider: PastWriter
}

const atOnce = 250

/** All that happened, oldest first, by the hundred; of the people in it, what each had bought by then. */
export function* historyOf(shop: DemoShop, tellers: Tellers): Generator<readonly Past[]> {
  const chronicle = chronicleOf(shop, tellers)
  let batch: Past[] = []
  for (const placed of placedIn(shop.orders())) {
    batch.push(chronicle(placed))
    if (batch.length === atOnce) {
      yield batch
      batch = []
    }
  }
  yield batch
}

function chronicleOf(shop: DemoShop, { assessor, riskOf, provider }: Tellers) {
  const { end } = shop.options
  const known = knownOf(shop)
  const paid = new Map<string, number>()
  const rumours = new Rumours(assessor)
  const monthAgo = new Date(end.getTime() - 31 * 86_400_000)

  function assessed(placed: Placed, ordered: Ordered) {
    const { owner, currency, totalMinor: amountMinor, placedAt: at, id: orderId } = ordered
    const { ipAddress: address, fingerprint: device } = placed.order.device
    const previousOrders = paid.get(owner) ?? 0
    const person = known.people.get(placed.order.customerId ?? '') ?? nobody
    const risk = riskOf(ordered, { ...person, previousOrders, address, device })
    const asked = { ...risk, orderId, total: { amountMinor, currency } }
    return { risk, made: assessor.assess({ id: idOf('assessment', placed), asked, at }) }
  }

  return (placed: Placed): Past => {
    rumours.spreadUntil(placed.placedAt)
    const ordered = orderedOf(placed, known.names)
    const { risk, made } = assessed(placed, ordered)
    const story = storyOf(placed, made.decision, end)
    const told: Told = { placed, ordered, story, reportedAt: reportOf(placed, story, end) }
    if (story.paidAt) paid.set(ordered.owner, risk.previousOrders + 1)
    const failedAt = story.money?.state === 'FAILED' ? story.undoneAt : null
    if (failedAt) rumours.add(made, 'FAILURE', failedAt)
    if (told.reportedAt) rumours.add(made, 'FRAUD', told.reportedAt)
    return {
      order: orderPart(told, risk),
      payment: paymentPart(told, provider),
      sale: salePart(told, known.warehouseOf),
      price: pricePart(told),
      assessment: assessmentPart(told, { made, staffId: known.staffId, since: monthAgo }),
    }
  }
}

/** Of a fraud that went through, once its card's owner complained. */
function reportOf({ order, outcome }: Placed, { paidAt }: { paidAt: Date | null }, end: Date) {
  const { fraud } = order
  return outcome === 'BOUGHT' && paidAt && fraud && fraud.reportedAt < end ? fraud.reportedAt : null
}

const nobody = { accountCreatedAt: null, emailVerified: null }

interface Known {
  readonly names: Names
  readonly people: ReadonlyMap<string, { accountCreatedAt: Date; emailVerified: boolean }>
  readonly staffId: string
  warehouseOf(country: string): string
}

function knownOf(shop: DemoShop): Known {
  const people = new Map<string, { accountCreatedAt: Date; emailVerified: boolean }>()
  for (const { id, registeredAt: accountCreatedAt, emailVerified } of shop.customers()) {
    people.set(id, { accountCreatedAt, emailVerified })
  }
  const named = [...shop.promotions(), ...shop.vouchers()]
  const warehouses = shop.warehouses()
  const nearest = new Map<string, string>([
    ...warehouses.map(({ country, id }) => [country, id] as const),
    ...(warehouses[1] ? [['ES', warehouses[1].id] as const] : []),
    ...(warehouses[2] ? [['IE', warehouses[2].id] as const] : []),
  ])
  return {
    people,
    names: new Map(named.map(({ id, name }) => [id, name])),
    staffId: shop.staff().find(({ role }) => role === 'RISK')?.id ?? '',
    warehouseOf: (country) => nearest.get(country) ?? warehouses[0]?.id ?? '',
  }
}

interface Rumour {
  readonly made: NewAssessment
  readonly what: 'FAILURE' | 'FRAUD'
  readonly at: Date
}

/** What is heard of later, told when its time has come. */
class Rumours {
  readonly #assessor: PastAssessor
  #coming: Rumour[] = []

  constructor(assessor: PastAssessor) {
    this.#assessor = assessor
  }

  add(made: NewAssessment, what: Rumour['what'], at: Date): void {
    this.#coming.push({ made, what, at })
  }

  spreadUntil(now: Date): void {
    for (const { made, what, at } of this.#coming.filter((each) => each.at <= now)) {
      this.#assessor.learn(made, what, at)
    }
    this.#coming = this.#coming.filter((each) => each.at > now)
  }
}
