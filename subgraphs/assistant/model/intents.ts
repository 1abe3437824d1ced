import { temperature } from '@shop/kit/learn/calibration'
import { classScores, type LogisticModel } from '@shop/kit/learn/logistic-regression'
import { softmax } from '@shop/kit/learn/objectives'
import { randomFrom } from '@shop/kit/learn/random'
import { BadRows } from '@shop/kit/learn/refusals'
import { sparseOf } from '@shop/kit/learn/sparse'
import { stratifiedFolds } from '@shop/kit/learn/splits'
import { marginModel } from './one-vs-rest.ts'
import { type Entry, rowsBy, type Vocabulary, vocabularyOf } from './vocabulary.ts'

/** What rows say who mean nothing that the shop does; learned as one more intent. */
export const outOfScope = 'oos'

export interface Utterance {
  readonly text: string
  readonly intent: string
  /** Of a sentence encoder, where one is there; all of a lesson have one or none has. */
  readonly vector?: Float32Array | null | undefined
}

export interface IntentModel {
  readonly intents: readonly string[]
  readonly vocabulary: Vocabulary
  /** How many numbers of a sentence vector follow the grams; 0 without an encoder. */
  readonly dimensions: number
  readonly lines: LogisticModel
  /** What margins are divided by before their softmax. */
  readonly temperature: number
  /** Below it a text is taken for out of scope. */
  readonly threshold: number
}

export interface IntentSettings {
  readonly seed: number
  /** The share of texts in scope that are to be taken as such. */
  readonly kept: number
}

/**
 * Learns intents from grams and, where there are any, sentence vectors. Temperature and threshold
 * come from a half of the rows that a first model did not see; the model that stays sees all.
 */
export function learnedIntents(
  utterances: readonly Utterance[],
  { seed = 1, kept = 0.95 }: Partial<IntentSettings> = {},
): IntentModel {
  const intents = [...new Set(utterances.map(({ intent }) => intent))].sort()
  if (intents.length < 2) throw new BadRows('There are fewer than two intents to tell apart.')
  const targets = utterances.map(({ intent }) => intents.indexOf(intent))
  const fitted = (rows: readonly Utterance[]) => fittedIntents(rows, { intents, seed })
  const [fold] = stratifiedFolds(targets, 2, randomFrom(seed))
  const pick = (rows: readonly number[]) => rows.map((row) => utterances[row] as Utterance)
  const rest = pick(fold?.score ?? [])
  const first = fitted(pick(fold?.train ?? []))
  const seen = rest.map((each) => marginsOf(first, each))
  const heat = temperature({
    scores: Float64Array.from(seen.flatMap((each) => [...each])),
    targets: rest.map(({ intent }) => intents.indexOf(intent)),
    classes: intents.length,
  })
  const inScope = seen.filter((_, i) => rest[i]?.intent !== outOfScope)
  const sure = inScope.map((each) => scopeOf(intents, each)).sort((a, b) => a - b)
  return {
    ...fitted(utterances),
    temperature: heat,
    threshold: sure[Math.floor((1 - kept) * sure.length)] ?? 0,
  }
}

/** The lines alone, with neither temperature nor threshold: margins and their order, no chances. */
export function fittedIntents(
  rows: readonly Utterance[],
  { intents, seed }: { intents: readonly string[]; seed: number },
): IntentModel {
  const vocabulary = vocabularyOf(rows.map(({ text }) => text))
  const dimensions = rows[0]?.vector?.length ?? 0
  const columns = vocabulary.grams.length + dimensions
  const entries = rowsBy(vocabulary)
  const features = sparseOf(
    rows.map((each) => [...entries(each.text), ...vectorEntries(each, vocabulary, dimensions)]),
    columns,
  )
  const targets = rows.map(({ intent }) => intents.indexOf(intent))
  const lines = marginModel({ features, targets, classes: intents.length }, { seed })
  return { intents, vocabulary, dimensions, lines, temperature: 1, threshold: 0 }
}

function vectorEntries(
  { vector }: Pick<Utterance, 'vector'>,
  { grams }: Vocabulary,
  width: number,
) {
  if (!vector || vector.length !== width) return []
  return Array.from(vector, (value, i): Entry => [grams.length + i, value])
}

const readers = new WeakMap<Vocabulary, (text: string) => Entry[]>()

/** A margin for each intent; a text without a known gram gets the intercepts alone. */
export function marginsOf(model: IntentModel, text: Omit<Utterance, 'intent'>): Float64Array {
  const { vocabulary, dimensions, lines } = model
  const read = readers.get(vocabulary) ?? rowsBy(vocabulary)
  readers.set(vocabulary, read)
  const row = [...read(text.text), ...vectorEntries(text, vocabulary, dimensions)]
  return classScores(lines, sparseOf([row], lines.columns))
}

/** How far the best intent of the shop is above the line of what is none. */
export function scopeOf(intents: readonly string[], margins: ArrayLike<number>): number {
  const none = intents.indexOf(outOfScope)
  const own = Array.from(margins).filter((_, i) => i !== none)
  return Math.max(...own) - (none < 0 ? 0 : (margins[none] as number))
}

export interface Heard {
  /** The likeliest of the shop's intents, in scope or not. */
  readonly intent: string
  readonly chance: number
  readonly scope: number
  readonly inScope: boolean
}

export function heardBy(model: IntentModel, text: Omit<Utterance, 'intent'>): Heard {
  const margins = marginsOf(model, text)
  const chances = softmax(margins.map((margin) => margin / model.temperature))
  const places = model.intents.map((_, i) => i).filter((i) => model.intents[i] !== outOfScope)
  const best = places.reduce((a, b) => ((margins[b] as number) > (margins[a] as number) ? b : a))
  const scope = scopeOf(model.intents, margins)
  return {
    intent: model.intents[best] as string,
    chance: chances[best] as number,
    scope,
    inScope: scope >= model.threshold,
  }
}
