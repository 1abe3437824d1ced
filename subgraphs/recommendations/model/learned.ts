import { type AlsSettings, type Factors, learnedFactors, shopperVectors } from './als.ts'
import { type Content, contentOfTexts, contentOfVectors } from './content.ts'
import { type EaseSettings, learnedEase } from './ease.ts'
import {
  endOf,
  type Fading,
  type History,
  historiesOf,
  type Interaction,
  tasteOf,
} from './history.ts'
import { itemNeighbours, type NeighbourSettings } from './item-to-item.ts'
import { Names } from './names.ts'
import { type Popularity, popularityOf, trendOf } from './popularity.ts'
import { type Repeats, repeatsOf } from './repeats.ts'
import { type Entry, type Sparse, sparseOf } from './sparse.ts'

export interface CatalogueItem {
  readonly id: string
  /** What is written about it, for when nobody has bought it yet. */
  readonly text?: string
  /** Of an encoder; where every item has one, it stands for the text. */
  readonly vector?: ArrayLike<number>
}

export interface LearningSettings {
  readonly learnedFading: Fading
  readonly askedFading: Fading
  readonly ease: EaseSettings
  readonly als: AlsSettings
  readonly neighbours: NeighbourSettings
  readonly trendDays: number
  /** How strongly what is bought lately is preferred: 0 not at all, 1 in proportion. */
  readonly trendPower: number
  readonly blend: Blend
}

/** The weight of each method in the blend by rank; 0 leaves it out. */
export interface Blend {
  readonly ease: number
  readonly als: number
  readonly neighbours: number
  readonly popular: number
}

/** What a shop taught: plain data, the same bytes for the same rows and seed. */
export interface Learned {
  readonly settings: LearningSettings
  readonly items: Names
  readonly ease: Sparse
  readonly neighbours: Sparse
  readonly factors: Factors
  /** A shopper's vector beside those of items. */
  readonly vectorOf: (taste: readonly Entry[]) => Float64Array
  readonly popularity: Popularity
  /** `popularity`'s trend to the power of the settings, by place. */
  readonly trend: Float64Array
  readonly repeats: Repeats
  readonly content: Content
  readonly endMs: number
}

/** Chosen on September 2011 of online-retail, after training on what was before it. */
export const shopSettings: LearningSettings = {
  learnedFading: { days: 120 },
  askedFading: { days: 120 },
  ease: { penalty: 100, keep: 200 },
  als: { factors: 32, rounds: 4, penalty: 10, certainty: 5, seed: 1 },
  neighbours: { keep: 100, shrink: 10 },
  trendDays: 14,
  trendPower: 0.5,
  blend: { ease: 1, als: 0.25, neighbours: 0, popular: 0 },
}

export interface Taught {
  readonly interactions: readonly Interaction[]
  /** All that may be recommended; interactions with other items are passed over. */
  readonly catalogue: readonly CatalogueItem[]
  /** The moment it is learned for; that of the last interaction unless told. */
  readonly nowMs?: number
}

/** Throws BAD_ROWS for an interaction without item, time or weight. No interactions: all is cold. */
export async function learned(taught: Taught, settings = shopSettings): Promise<Learned> {
  const items = new Names(taught.catalogue.map(({ id }) => id))
  const histories = [...historiesOf(taught.interactions, items).values()]
  const endMs = taught.nowMs ?? endOf(histories)
  const tastes = tastesOf(histories, items.count, { fading: settings.learnedFading, endMs })
  const asked = { items: items.count, halfLifeDays: settings.trendDays, nowMs: endMs }
  const popularity = popularityOf(histories, asked)
  const factors = learnedFactors(tastes, settings.als)
  return {
    settings,
    items,
    ease: await learnedEase(tastes, settings.ease),
    neighbours: itemNeighbours(tastes, settings.neighbours),
    factors,
    vectorOf: shopperVectors(factors, settings.als),
    popularity,
    trend: trendOf(popularity).map((trend) => trend ** settings.trendPower),
    repeats: repeatsOf(histories, items.count),
    content: contentOfCatalogue(taught.catalogue, items),
    endMs,
  }
}

/** A row of taste for each history. */
export function tastesOf(
  histories: readonly History[],
  items: number,
  { fading, endMs }: { fading: Fading; endMs: number },
): Sparse {
  return sparseOf(
    histories.map((history) => tasteOf(history, fading, endMs)),
    items,
  )
}

/** By the encoder's vectors where every item has one, else by texts. */
export function contentOfCatalogue(catalogue: readonly CatalogueItem[], items: Names): Content {
  const byId = new Map(catalogue.map((item) => [item.id, item]))
  const entries = items.all.map((id) => byId.get(id) as CatalogueItem)
  const vectors = entries.map(({ vector }) => vector)
  if (vectors.length > 0 && vectors.every((vector) => vector !== undefined)) {
    return contentOfVectors(vectors)
  }
  return contentOfTexts(entries.map(({ text }) => text ?? ''))
}
