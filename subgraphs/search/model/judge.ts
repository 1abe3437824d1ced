import { meanWithInterval } from '@shop/kit/learn/bootstrap'
import { type Random, randomFrom } from '@shop/kit/learn/random'
import { type Judging, judging, type Metric } from '@shop/kit/learn/report'
import { EmbeddedWords } from './embedded-words.ts'
import { openEncoder } from './encoders.ts'
import { SearchEngine } from './engine.ts'
import { scoredJudgments, trainJudgments } from './icecat.ts'
import { type IcecatShop, icecatShop } from './icecat-shop.ts'
import { byEngine, byFusion, byMeaning, byWords, type Ordered, ordered } from './judged-order.ts'
import { judgedSentences, recallsAt10 } from './judged-sentences.ts'
import { reciprocalRank, reciprocalRanks, recoveries, wordsToMistype } from './judged-typing.ts'
import { Ranker } from './ranker.ts'
import { Suggestions } from './suggestions.ts'
import { examplesOf, trainedRanker } from './train-ranker.ts'

await judging(async ({ data, seed }) => {
  await using encoder = await openEncoder()
  const shop = await icecatShop(data, { seed, encoder })
  const random = randomFrom(seed)
  const bare = new SearchEngine(shop)
  const ranker = new Ranker(trainedRanker(await examplesOf(bare, trainJudgments(data)), seed))
  const engine = new SearchEngine({ ...shop, ranker })
  return {
    capability: 'search',
    metrics: [
      ...(await orders({ data, seed }, { shop, engine, random })),
      await sentences(engine, { encoder: encoder?.name, random }),
      ...typing(shop, { data, seed }, random),
    ],
  }
})

interface Scored {
  shop: IcecatShop
  engine: SearchEngine
  random: Random
}

async function orders({ data }: Judging, { shop, engine, random }: Scored): Promise<Metric[]> {
  const judgments = scoredJudgments(data)
  const of = (order: Parameters<typeof ordered>[1]) => ordered(judgments, order)
  const words = await of(byWords(shop))
  const title = await of(byWords({ words: await titleAlone(shop) }))
  const fusion = await of(byFusion(byWords(shop), byMeaning(shop)))
  const ranked = await of(byEngine(engine))
  const figure = (values: readonly number[]) => meanWithInterval(values, random)
  const scored = judgments.length
  const metric = (name: string, which: keyof Ordered, floor: number): Metric => ({
    name: `icecat ${name}`,
    ...figure(words[which]),
    higherIsBetter: true,
    floor,
    scored,
    baselines: {
      'plain BM25 on title': figure(title[which]),
      'rank fusion with vectors': figure(fusion[which]),
    },
  })
  const reranked = (name: string, which: keyof Ordered, floor: number): Metric => ({
    ...metric(name, which, floor),
    ...figure(ranked[which]),
    baselines: {
      'BM25F alone': figure(words[which]),
      'rank fusion with vectors': figure(fusion[which]),
    },
  })
  const gains = ranked.all.map((value, at) => value - (words.all[at] as number))
  return [
    metric('BM25F nDCG@10', 'all', 0.797),
    metric('BM25F nDCG@10, judged only', 'judgedOnly', 0.822),
    reranked('re-ranked nDCG@10', 'all', 0.797),
    reranked('re-ranked nDCG@10, judged only', 'judgedOnly', 0.822),
    {
      name: 'icecat re-ranked less BM25F, paired',
      ...figure(gains),
      higherIsBetter: true,
      aim: 0.03,
      scored,
      note: 'Bootstrap over queries of the difference of each. Queries without a relevant product are left out.',
    },
  ]
}

/** BM25 as it comes: the title, k1 1.2 and b 0.75, no synonyms. */
async function titleAlone(shop: IcecatShop): Promise<EmbeddedWords> {
  const fields = [{ name: 'title', weight: 1, b: 0.75 }]
  const words = await EmbeddedWords.open({ weights: { k1: 1.2, coverage: 0, fields } })
  await words.put(
    [...shop.products.keys()].map((id, at) => ({ id, fields: { title: shop.titles[at] ?? '' } })),
  )
  return words
}

async function sentences(
  engine: SearchEngine,
  { encoder, random }: { encoder: string | undefined; random: Random },
): Promise<Metric> {
  const judged = judgedSentences()
  const recall = async (mode: 'keyword' | 'semantic' | 'hybrid') =>
    meanWithInterval(await recallsAt10(engine, judged, mode), random)
  return {
    name: 'icecat sentences and zero-hit words, recall@10',
    ...(await recall('hybrid')),
    higherIsBetter: true,
    floor: 0.8,
    scored: judged.length,
    baselines: {
      'words alone': await recall('keyword'),
      'vectors alone': await recall('semantic'),
    },
    note: `Own judgments, over at most ten. Encoder: ${encoder ?? 'none, degraded to words'}.`,
  }
}

function typing(shop: IcecatShop, { data }: Judging, random: Random): Metric[] {
  const { counts, phrases, spelling } = shop
  const words = wordsToMistype(counts)
  const suggestions = new Suggestions(phrases)
  const sorted = { complete: (typed: string) => alphabetical(phrases, typed) }
  const recovery = (slips: number, floor: number): Metric => ({
    name: `typo recovery at ${slips} edit${slips > 1 ? 's' : ''}`,
    ...meanWithInterval(
      recoveries(spelling, { words, counts, slips, trials: 1000 }, random),
      random,
    ),
    higherIsBetter: true,
    floor,
    scored: 1000,
    note: 'Words of five letters or more on twenty products or more, mistyped as fingers do.',
  })
  return [
    recovery(1, 0.95),
    recovery(2, 0.85),
    {
      name: 'autocomplete MRR',
      ...meanWithInterval(reciprocalRanks(suggestions, phrases, random), random),
      higherIsBetter: true,
      floor: 0.6,
      scored: 2000,
      baselines: {
        alphabetical: meanWithInterval(reciprocalRanks(sorted, phrases, random), random),
      },
      note: 'Catalogue phrases drawn by popularity, half typed: the set has no log of searches.',
    },
    {
      name: 'autocomplete MRR of the judged queries',
      ...meanWithInterval(
        scoredJudgments(data).map(({ query }) => reciprocalRank(suggestions, query)),
        random,
      ),
      higherIsBetter: true,
      scored: scoredJudgments(data).length,
      note: 'About half of these are no phrase of the catalogue and cannot be completed to.',
    },
  ]
}

function alphabetical(phrases: IcecatShop['phrases'], typed: string): string[] {
  const texts = phrases.map((phrase) => phrase.text)
  return texts
    .filter((text) => text.startsWith(typed))
    .sort()
    .slice(0, 10)
}
