import { csvRows, type DataSets } from '@shop/kit/learn/data'
import type { Interaction } from '../history.ts'
import { type LearningSettings, shopSettings } from '../learned.ts'

/**
 * A film is liked or not, so the weight is 1 or a half; and tastes wander within an evening, so the
 * past fades by what was rated since. Chosen on the last eighth of each user's training rows.
 */
export const filmSettings: LearningSettings = {
  ...shopSettings,
  learnedFading: {},
  askedFading: { items: 15 },
  ease: { penalty: 100, keep: 500 },
  trendPower: 0,
}

export interface Films {
  readonly train: readonly Interaction[]
  /** The films each user then rated 4 or better. */
  readonly liked: ReadonlyMap<string, ReadonlySet<string>>
}

/** With the held rows, validation is the past too: each user's rows are split by time. */
export function movielens(data: DataSets): Films {
  const name = 'movielens-latest-small/ratings'
  const [validation, scored] = [data.file(`${name}_validation`), data.scored(name)]
  const past = [data.train(name), ...(scored === validation ? [] : [validation])]
  const liked = csvRows(scored).filter(({ rating }) => Number(rating) >= 4)
  const byUser = Map.groupBy(liked, ({ userId }) => userId as string)
  return {
    train: past.flatMap(csvRows).map((row) => ({
      shopper: row.userId as string,
      item: row.movieId as string,
      atMs: Number(row.timestamp) * 1000,
      weight: Number(row.rating) >= 4 ? 1 : 0.5,
    })),
    liked: new Map(
      [...byUser].map(([user, rows]) => [user, new Set(rows.map((row) => row.movieId as string))]),
    ),
  }
}
