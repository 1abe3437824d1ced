import type { Product } from './catalogue.ts'
import type { TermGroup } from './query-terms.ts'

/** What a query asks, worked out once for all of its candidates. */
export interface Question {
  /** For each word a group of stems that stand for it. */
  readonly groups: readonly TermGroup[]
  /** Chances by category. */
  readonly categories: ReadonlyMap<string, number>
  /** How much of the word score of the best candidates is in each category, together 1. */
  readonly found: ReadonlyMap<string, number>
  /** Whether a stem names a kind of thing: many products are called so. */
  readonly common: (stem: string) => boolean
  /** The best word score, and the median price of the best candidates. */
  readonly bestScore: number
  readonly price: number
}

export interface Candidate {
  readonly product: Product
  /** Of the word index; 0 where only the vectors found it. */
  readonly wordScore: number
  readonly wordRank: number
  /** NaN where there is no encoder. */
  readonly cosine: number
}

const day = 86_400_000

/** What the ranker sees, by name and in this order, the same in training and in serving. */
const measures: Readonly<Record<string, (question: Question, candidate: Candidate) => number>> = {
  wordScore: (_, { wordScore }) => wordScore,
  wordShare: ({ bestScore }, { wordScore }) => (bestScore > 0 ? wordScore / bestScore : 0),
  wordRank: (_, { wordRank }) => 1 / (1 + wordRank),
  cosine: (_, { cosine }) => cosine,
  words: ({ groups }) => groups.length,
  inTitle: ({ groups }, { product }) =>
    share(groups, (group) => placeOf(group, product.title) >= 0),
  exactInTitle: (question, candidate) => exactInTitle(question, candidate),
  firstPlace: ({ groups }, { product }) => firstPlace(groups, product.title),
  beforeFor: ({ groups }, { product }) => Number(isBeforeFor(groups, product.title)),
  adjacent: ({ groups }, { product }) => adjacent(groups, product.title),
  headed: ({ groups, common }, { product }) => headed(groups, product.title, common),
  titleLength: (_, { product }) => product.title.length,
  brand: ({ groups }, { product }) => Number(names(groups, product.brand)),
  model: ({ groups }, { product }) => Number(names(groups, product.model)),
  category: ({ categories }, { product }) => categories.get(product.category) ?? 0,
  categoryFound: ({ found }, { product }) => found.get(product.category) ?? 0,
  price: (_, { product }) => Math.log(product.price),
  dearer: ({ price }, { product }) => Math.log(product.price / price),
  released: (_, { product }) =>
    product.releasedAt === 0 ? Number.NaN : product.releasedAt / day / 365,
  detail: (_, { product }) => Math.log1p(product.detail),
}

export const featureNames: readonly string[] = Object.keys(measures)

/** A row of the ranker's matrix; what cannot be known is NaN. */
export const featuresOf = (question: Question, candidate: Candidate): Float32Array =>
  Float32Array.from(Object.values(measures), (measure) => measure(question, candidate))

export function questionOf(
  known: Pick<Question, 'groups' | 'categories' | 'common'>,
  candidates: readonly { product: Product; wordScore: number }[],
): Question {
  const top = candidates.filter(({ wordScore }) => wordScore > 0).slice(0, 50)
  const sum = top.reduce((all, { wordScore }) => all + wordScore, 0)
  const found = new Map<string, number>()
  for (const { product, wordScore } of top) {
    found.set(product.category, (found.get(product.category) ?? 0) + wordScore / sum)
  }
  const prices = top.map(({ product }) => product.price).filter(Number.isFinite)
  const price = prices.sort((a, b) => a - b)[prices.length >> 1] ?? Number.NaN
  return { ...known, found, bestScore: top[0]?.wordScore ?? 0, price }
}

const share = (groups: readonly TermGroup[], holds: (group: TermGroup) => boolean) =>
  groups.length === 0 ? 0 : groups.filter(holds).length / groups.length

/** The share of the query's words that the title has as they were typed. */
export function exactInTitle({ groups }: Question, { product }: Candidate): number {
  return share(groups, (group) => product.title.includes(group[0]?.text ?? ''))
}

const placeOf = (group: TermGroup, title: readonly string[]) =>
  title.findIndex((stem) => stands(group, stem))

const stands = (group: TermGroup, stem: string | undefined) =>
  group.some((term) => term.text === stem)

/** 1 for a title that begins with a word of the query, less the later; 0 where none is in it. */
function firstPlace(groups: readonly TermGroup[], title: readonly string[]): number {
  const places = groups.map((group) => placeOf(group, title)).filter((place) => place >= 0)
  return places.length === 0 ? 0 : 1 / (1 + Math.min(...places))
}

const bindings = new Set(['for', 'with', 'compat', 'fit', 'suitabl'])

/** What comes after `for` is what the thing goes with, not what it is. */
function isBeforeFor(groups: readonly TermGroup[], title: readonly string[]): boolean {
  const binding = title.findIndex((stem) => bindings.has(stem))
  const what = binding < 0 ? title : title.slice(0, binding)
  return groups.length > 0 && groups.every((group) => placeOf(group, what) >= 0)
}

/** Which share of neighbouring words of the query are neighbours in the title. */
function adjacent(groups: readonly TermGroup[], title: readonly string[]): number {
  if (groups.length < 2) return 0
  const pairs = groups.slice(1).filter((group, at) => {
    const before = placeOf(groups[at] as TermGroup, title)
    return before >= 0 && group.some(({ text }) => title[before + 1] === text)
  })
  return pairs.length / (groups.length - 1)
}

/** 0 where the last word of the query qualifies another in the title: a notebook case is a case. */
function headed(
  groups: readonly TermGroup[],
  title: readonly string[],
  common: Question['common'],
): number {
  const last = groups.at(-1)
  const place = last ? placeOf(last, title) : -1
  if (place < 0) return Number.NaN
  const next = title[place + 1]
  return Number(next === undefined || /\d/.test(next) || !common(next))
}

const names = (groups: readonly TermGroup[], word: string) =>
  word !== '' && groups.some((group) => group.some(({ text }) => text === word))
