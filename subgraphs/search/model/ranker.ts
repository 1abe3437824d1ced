import { contributionsOf, scoresOf, type TreeModel } from '@shop/kit/learn/boosting'
import { matrixOf } from '@shop/kit/learn/matrix'
import { type Candidate, featureNames, featuresOf, type Question } from './features.ts'
import { SearchRefused } from './refusal.ts'

/** How much the trees may move what the words have put in order. */
const mix = 0.4

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
        score: wordShare(question, candidate) + mix * (scores[at] as number),
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
    const share = wordShare(question, candidate)
    return [{ feature: 'words', value: candidate.wordScore, added: share }, ...ofTrees]
      .filter(({ added }) => added !== 0)
      .sort((a, b) => Math.abs(b.added) - Math.abs(a.added))
  }
}

const wordShare = ({ bestScore }: Question, { wordScore }: Candidate) =>
  bestScore > 0 ? wordScore / bestScore : 0
