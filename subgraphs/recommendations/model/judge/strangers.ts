import { meanWithInterval } from '@shop/kit/learn/bootstrap'
import { type Random, randomFrom } from '@shop/kit/learn/random'
import type { Metric } from '@shop/kit/learn/report'
import { contentOfTexts, nearTaste } from '../content.ts'
import { historiesOf, tasteOf } from '../history.ts'
import type { Learned } from '../learned.ts'
import { Names } from '../names.ts'
import { topOf } from '../ranking.ts'
import { recommended } from '../recommend.ts'
import type { Shop } from './online-retail.ts'

interface Judged {
  readonly model: Learned
  readonly shop: Shop
  readonly seed: number
}

/** Visits of nobody we know, and items that nobody has bought. */
export function judgedStrangers(judged: Judged): Metric[] {
  return [visits(judged), newcomers(judged)]
}

/** One line is taken out of a basket, and to be guessed from the rest and nothing else. */
function visits({ model, shop, seed }: Judged): Metric {
  const random = randomFrom(seed)
  const known = (item: string) => model.items.placeOf(item) !== undefined
  const baskets = shop.baskets
    .map((basket) => basket.filter(known))
    .filter(({ length }) => length > 2)
  const drawn = random.shuffled(baskets).slice(0, 1000)
  const nowMs = model.endMs
  const popular = topOf(model.popularity.lately, 300).map((place) => model.items.nameOf(place))
  const hits = drawn.map((basket) => {
    const out = basket[random.below(basket.length)] as string
    const rest = basket.filter((item) => item !== out)
    const events = rest.map((item, at) => ({ item, atMs: nowMs + at }))
    const asked = { events, nowMs, count: 10, bought: 'HIDE', session: true } as const
    const ours = recommended(model, asked).items.some(({ item }) => item === out)
    const theirs = popular.filter((item) => !rest.includes(item)).slice(0, 10)
    return { ours: Number(ours), popular: Number(theirs.includes(out)) }
  })
  const figure = (of: 'ours' | 'popular') =>
    meanWithInterval(
      hits.map((hit) => hit[of]),
      random,
    )
  return {
    ...figure('ours'),
    name: 'online-retail anonymous visit HR@10',
    higherIsBetter: true,
    baselines: { 'popular lately': figure('popular') },
    scored: hits.length,
    note: 'One item of a basket from the rest of it; no history.',
  }
}

/** Among items that came after training, those a shopper bought, found by their texts alone. */
function newcomers({ model, shop, seed }: Judged): Metric {
  const random = randomFrom(seed)
  const items = new Names([...model.items.all, ...shop.newcomers.map(({ id }) => id)])
  const texts = new Map([...shop.catalogue, ...shop.newcomers].map(({ id, text }) => [id, text]))
  const content = contentOfTexts(items.all.map((id) => texts.get(id) ?? ''))
  const fresh = new Set(shop.newcomers.map(({ id }) => items.placeOf(id) as number))
  const bought = Map.groupBy(shop.scored, ({ shopper }) => shopper)
  const recalls: { ours: number; chance: number }[] = []
  for (const [shopper, history] of historiesOf(shop.train, items)) {
    const places = (bought.get(shopper) ?? []).map(({ item }) => items.placeOf(item) as number)
    const wanted = new Set(places).intersection(fresh)
    if (wanted.size === 0) continue
    const near = nearTaste(content, tasteOf(history, model.settings.askedFading, model.endMs))
    const scores = near.map((score, place) => (fresh.has(place) ? score : Number.NEGATIVE_INFINITY))
    recalls.push({
      ours: shareOf(topOf(scores, 10), wanted),
      chance: shareOf(drawnFrom(fresh, random), wanted),
    })
  }
  const figure = (of: 'ours' | 'chance') =>
    meanWithInterval(
      recalls.map((each) => each[of]),
      random,
    )
  return {
    ...figure('ours'),
    name: 'online-retail items never sold R@10',
    higherIsBetter: true,
    baselines: { chance: figure('chance') },
    scored: recalls.length,
    note: `Only the ${fresh.size} items that came after training compete, by TF-IDF of their texts.`,
  }
}

const shareOf = (shown: readonly number[], wanted: ReadonlySet<number>) =>
  shown.filter((place) => wanted.has(place)).length / wanted.size

const drawnFrom = (places: ReadonlySet<number>, random: Random) =>
  random.shuffled([...places]).slice(0, 10)
