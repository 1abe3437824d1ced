import { type Chance, poisson } from '../chance.ts'
import { demandIndex } from '../demand.ts'
import { departments } from '../departments/all.ts'
import { dayMs, historyDays, historyStart, type Options } from '../shop.ts'
import type { Bundle } from './bundles.ts'
import { customerTruth, type Pool } from './pool.ts'
import type { Article, Offer, Shelf } from './shelf.ts'

export interface BasketLine {
  readonly offer: Offer
  quantity: number
}

export interface Basket {
  readonly customer: number
  readonly ms: number
  readonly lines: BasketLine[]
}

/** Lines an order has in the mean, before bundles add theirs. */
const meanLines = 2.2

/** What demand has to be multiplied with, for about as many orders as were asked for. */
export function scaleOf(options: Options, shelf: Shelf): number {
  let lines = 0
  for (let day = 0; day < historyDays; day += 1) {
    const ms = historyStart(options) + day * dayMs
    shelf.openOn(ms)
    for (const [index, { season }] of departments.entries()) {
      lines += shelf.wanted(index) * demandIndex(options, season, ms)
    }
  }
  return (options.orders * meanLines) / lines
}

export interface Morning {
  readonly options: Options
  readonly shelf: Shelf
  readonly pool: Pool
  readonly scale: number
  readonly bundlesOf: ReadonlyMap<Article, readonly (Bundle & { companion: Article })[]>
}

/**
 * The baskets of one day in their order. The lines are drawn first, each department's for itself,
 * and then laid into baskets: so how much is sold of what owes nothing to who buys it.
 */
export function basketsOn(ms: number, morning: Morning, chance: Chance): Basket[] {
  const { options, shelf, pool, scale } = morning
  shelf.openOn(ms)
  pool.openOn(ms)
  const offers = departments.flatMap(({ season }, index) => {
    const mean = scale * shelf.wanted(index) * demandIndex(options, season, ms)
    return Array.from({ length: poisson(chance, mean) }, () => shelf.draw(index, chance))
  })
  const baskets = emptyBaskets(offers.length, { ms, pool }, chance)
  layInto(baskets, chance.shuffled(offers), { pool, chance })
  const filled = baskets.map(({ basket }) => basket).filter(({ lines }) => lines.length > 0)
  for (const basket of filled) addCompanions(basket, morning, chance)
  return filled.sort((a, b) => a.ms - b.ms)
}

interface Room {
  readonly basket: Basket
  readonly size: number
}

function emptyBaskets(lines: number, day: { ms: number; pool: Pool }, chance: Chance): Room[] {
  const baskets: Room[] = []
  for (let left = lines; left > 0; ) {
    let size = 1
    while (size < left && size < 12 && chance.happens(1 - 1 / meanLines)) size += 1
    const ms = day.ms + timeOfDay(chance)
    baskets.push({ basket: { customer: day.pool.draw(chance), ms, lines: [] }, size })
    left -= size
  }
  return baskets
}

/** Most is bought at noon and after supper. */
function timeOfDay(chance: Chance): number {
  const at = chance.happens(0.4) ? 12 + 2.5 * chance.normal() : 19.5 + 2 * chance.normal()
  const hours = at > 0 && at < 24 ? at : 24 * chance.next()
  return Math.min(dayMs - 1, Math.floor(hours * 3_600_000))
}

interface Buyers {
  readonly pool: Pool
  readonly chance: Chance
}

function layInto(rooms: readonly Room[], offers: readonly Offer[], by: Buyers): void {
  const open = rooms.flatMap(({ basket, size }) => new Array<Basket>(size).fill(basket))
  for (const offer of offers) {
    const place = placeFor(offer, open, by)
    const basket = open[place]
    const last = open.pop()
    if (last && place < open.length) open[place] = last
    if (basket) add(basket, offer, quantityOf(offer, by.chance))
  }
}

/** The first of a few open places whose customer likes what is offered, or else the last of them. */
function placeFor({ article }: Offer, open: readonly Basket[], { pool, chance }: Buyers): number {
  let place = 0
  for (let look = 0; look < customerTruth.tasteLooks; look += 1) {
    place = chance.below(open.length)
    const customer = open[place]?.customer ?? 0
    if (pool.likes(customer, article.place.departmentIndex)) break
  }
  return place
}

/** What is eaten is bought by more than one. */
function quantityOf({ article: { place } }: Offer, chance: Chance): number {
  if (place.department.reducedTax) return 1 + poisson(chance, 0.7)
  return chance.happens(0.06) ? 2 : 1
}

function add({ lines }: Basket, offer: Offer, quantity: number): void {
  const id = offer.article.variants[offer.variant]?.id
  const same = lines.find(({ offer: { article, variant } }) => article.variants[variant]?.id === id)
  if (same) same.quantity += quantity
  else lines.push({ offer, quantity })
}

function addCompanions(basket: Basket, { shelf, bundlesOf }: Morning, chance: Chance): void {
  for (const { offer } of [...basket.lines]) {
    for (const { companion, probability } of bundlesOf.get(offer.article) ?? []) {
      if (chance.happens(probability)) add(basket, shelf.offer(companion, chance), 1)
    }
  }
}
