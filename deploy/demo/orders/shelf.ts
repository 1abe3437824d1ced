import { categoryId } from '../categories.ts'
import { type Chance, chanceOf } from '../chance.ts'
import { elasticityOf } from '../demand.ts'
import { departments, type Place } from '../departments/all.ts'
import { priceAt, priceChanges } from '../prices.ts'
import { placeOf, productAt } from '../products.ts'
import { dayMs, type Options, type PriceChange, slugOf, type Variant } from '../shop.ts'
import { Weighted } from './pick.ts'
import { type Promotion, promotions } from './promotions.ts'
import { soldNumbers } from './sold.ts'

/** What the making of orders has to know of a product; of its words, only the name. */
export interface Article {
  readonly number: number
  readonly id: string
  readonly name: string
  readonly place: Place
  readonly variants: readonly Pick<Variant, 'id' | 'sku' | 'listMinor' | 'weightGrams'>[]
  readonly shares: readonly number[]
  readonly changes: readonly PriceChange[]
  readonly elasticity: number
  readonly popularity: number
  readonly from: number
  readonly to: number
  readonly group: string
}

export interface Offer {
  readonly article: Article
  /** The index of the variant. */
  readonly variant: number
  readonly unitPriceMinor: number
  readonly promotion: Promotion | null
}

/** What is on sale on a day, at what price, and how much it is wanted. */
export class Shelf {
  readonly articles: readonly Article[]
  readonly #departments: readonly (readonly Article[])[]
  readonly #weights: readonly Weighted[]
  readonly #promotions: readonly Promotion[]
  readonly #state = new Map<Article, State>()
  #running = new Map<string, Promotion>()

  constructor(options: Options) {
    this.articles = soldNumbers(options).flatMap((number) => articleOf(options, number))
    this.#departments = departments.map((department) =>
      this.articles.filter(({ place }) => place.department === department),
    )
    this.#weights = this.#departments.map((articles) => new Weighted(articles.length))
    this.#promotions = promotions(options)
  }

  openOn(ms: number): void {
    const running = this.#promotions.filter(({ from, to }) => ms >= +from && ms < +to)
    this.#running = new Map(running.map((promotion) => [promotion.categoryId, promotion]))
    for (const [index, articles] of this.#departments.entries()) {
      const wantedAt = (place: number) => this.#wanted(articles[place] as Article, ms)
      this.#weights[index]?.fill(articles.length, wantedAt)
    }
  }

  /** How much is wanted of a department, but for its season. */
  wanted(department: number): number {
    return this.#weights[department]?.total ?? 0
  }

  draw(department: number, chance: Chance): Offer {
    const index = this.#weights[department]?.draw(chance) ?? 0
    return this.offer(this.#departments[department]?.[index] as Article, chance)
  }

  /** A variant of this article, as today's prices have it wanted. */
  offer(article: Article, chance: Chance): Offer {
    const share = this.#state.get(article)?.share ?? 1
    const variant = chance.among(variantWeights(article, share))
    const unitPriceMinor = priceAt(article.variants[variant]?.listMinor ?? 0, share)
    return { article, variant, unitPriceMinor, promotion: this.#running.get(article.group) ?? null }
  }

  isSold = ({ from, to }: Article, ms: number) => ms >= from && ms + dayMs <= to

  #wanted(article: Article, ms: number): number {
    if (!this.isSold(article, ms)) return 0
    const known = this.#state.get(article)
    const state = known && ms >= known.from && ms < known.until ? known : stateOn(article, ms)
    if (state !== known) this.#state.set(article, state)
    return state.wanted * (this.#running.get(article.group)?.uplift ?? 1)
  }
}

/** Of an article while its price stands. */
interface State {
  readonly share: number
  readonly wanted: number
  readonly from: number
  readonly until: number
}

function stateOn(article: Article, ms: number): State {
  const next = article.changes.findIndex(({ from }) => +from > ms)
  const { share = 1, from = ms } = article.changes.at(next < 0 ? -1 : next - 1) ?? {}
  const wanted = variantWeights(article, share).reduce((sum, weight) => sum + weight, 0)
  const until = next < 0 ? Number.POSITIVE_INFINITY : +(article.changes[next]?.from ?? 0)
  return { share, wanted: wanted * article.popularity, from: +from, until }
}

const variantWeights = ({ variants, shares, elasticity }: Article, share: number) =>
  variants.map(
    ({ listMinor }, index) =>
      (shares[index] ?? 0) * (priceAt(listMinor, share) / listMinor) ** elasticity,
  )

/** Nothing for a draft. Some products are wanted far more than others, and dear ones less. */
function articleOf(options: Options, number: number): Article[] {
  const { id, name, variants, status, createdAt, archivedAt } = productAt(options, number)
  if (status === 'DRAFT') return []
  const place = placeOf(options, number)
  const chance = chanceOf(options.seed, 'demand', number)
  const list = variants[0]?.listMinor ?? 1000
  const liked = variants.map(() => 0.3 + chance.next())
  const all = liked.reduce((sum, each) => sum + each, 0)
  return [
    {
      number,
      id,
      name,
      place,
      variants: variants.map(({ id: own, sku, listMinor, weightGrams }) => ({
        id: own,
        sku,
        listMinor,
        weightGrams,
      })),
      shares: liked.map((each) => each / all),
      changes: priceChanges(options, number),
      elasticity: elasticityOf(options, place.leafIndex),
      popularity: Math.exp(0.9 * chance.normal()) * (list / 2000) ** -0.4,
      from: Math.ceil(createdAt.getTime() / dayMs) * dayMs,
      to: archivedAt?.getTime() ?? Number.POSITIVE_INFINITY,
      group: categoryId(options, `${slugOf(place.department.name)}-${slugOf(place.group)}`),
    },
  ]
}
