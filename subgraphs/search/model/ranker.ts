import { contributionsOf, scoresOf, type TreeModel } from '@shop/kit/learn/boosting'
import { matrixOf } from '@shop/kit/learn/matrix'
import {
  type Candidate,
  exactInTitle,
  featureNames,
  featuresOf,
  type Question,
} from './features.ts'
import { SearchRefused } from './refusal.ts'

/**
 * How much the trees may move what the words have put in order: little, as they are learned from a
 * few dozen queries. In folds of the train queries 0.06 of four forests gained most, 0.003.
 */
const mix = 0.06 / 4
/** What being of the category that most of the best are of is worth: 0.011 of nDCG in folds. */
const categoryBoost = 0.1
/** And to have the words as they were typed in the title, not others for them: 0.009 more. */
const titleBoost = 0.3

export interface Ranked {
  readonly candidate: Candidate
  readonly score: number
}

export interface Reason {
  readonly feature: string
  readonly value: number
  /** What it added to the score. */
  readonly added: number
}

/** Orders candidates by their word score and what the trees make of their features. */
export class Ranker {
  readonly #model: TreeModel

  /** Throws a `SearchRefused` for a model of other features. */
  constructor(model: TreeModel) {
    if (model.columns !== featureNames.length) {
      const message = `The ranker reads ${model.columns} features, not ${featureNames.length}.`
      throw new SearchRefused('SEARCH_BAD_WEIGHTS', message)
    }
    this.#model = model
  }

  rank(question: Question, candidates: readonly Candidate[]): Ranked[] {
    if (candidates.length === 0) return []
    const rows = candidates.map((candidate) => featuresOf(question, candidate))
    const scores = scoresOf(this.#model, matrixOf(rows))
    return candidates
      .map((candidate, at) => ({
        candidate,
        score: ownOrder(question, candidate) + mix * (scores[at] as number),
      }))
      .sort((a, b) => b.score - a.score || a.candidate.wordRank - b.candidate.wordRank)
  }

  /** What put a candidate where it is, the strongest first. */
  reasons(question: Question, candidate: Candidate): Reason[] {
    const row = featuresOf(question, candidate)
    const { columns } = contributionsOf(this.#model, row)
    const ofTrees = featureNames.map((feature, at) => ({
      feature,
      value: row[at] as number,
      added: mix * (columns[at] as number),
    }))
    return [...ownReasons(question, candidate), ...ofTrees]
      .filter(({ added }) => added !== 0)
      .sort((a, b) => Math.abs(b.added) - Math.abs(a.added))
  }
}

/** The order where no trees are: the word score, and the category that the query seems to be after. */
export const unranked = (question: Question, candidates: readonly Candidate[]): Ranked[] =>
  candidates
    .map((candidate) => ({ candidate, score: ownOrder(question, candidate) }))
    .sort((a, b) => b.score - a.score || a.candidate.wordRank - b.candidate.wordRank)

export const ownReasons = (question: Question, candidate: Candidate): Reason[] => {
  const { bestScore, found } = question
  const category = found.get(candidate.product.category) ?? 0
  const words = bestScore > 0 ? candidate.wordScore / bestScore : 0
  const exact = exactInTitle(question, candidate)
  return [
    { feature: 'words', value: candidate.wordScore, added: words },
    { feature: 'category', value: category, added: categoryBoost * category },
    { feature: 'title', value: exact, added: titleBoost * exact },
  ]
}

const ownOrder = (question: Question, candidate: Candidate) =>
  ownReasons(question, candidate).reduce((sum, { added }) => sum + added, 0)
