import { meanWithInterval } from '@shop/kit/learn/bootstrap'
import { type Matrix, rowOf } from '@shop/kit/learn/matrix'
import type { Random } from '@shop/kit/learn/random'
import type { Metric } from '@shop/kit/learn/report'

interface Said {
  readonly chances: Matrix
  readonly thresholds: readonly number[]
  readonly labels: ArrayLike<number>
}

/** Of the tags that were said how many are true, and of the pictures how many got a true one. */
export function judgedTags(set: string, { chances, thresholds, labels }: Said, random: Random) {
  const rights: number[] = []
  const found = Array.from(labels, (label, row) => {
    const said = thresholds.flatMap((least, tag) =>
      (rowOf(chances, row)[tag] ?? 0) >= least ? [tag] : [],
    )
    rights.push(...said.map((tag) => Number(tag === label)))
    return Number(said.includes(label))
  })
  const metric = (name: string, values: readonly number[]): Metric => ({
    name: `${set} ${name}`,
    ...meanWithInterval(values, random),
    higherIsBetter: true,
    scored: values.length,
  })
  return [metric('precision of tags', rights), metric('pictures with their tag', found)]
}
