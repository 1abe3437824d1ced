import { type Matrix, matrixOf } from '@shop/kit/learn/matrix'

/**
 * Features of one kind of event, computed by the same code in training and in serving: a row is
 * asked for before the event is remembered, and labels arrive when they are known.
 */
export interface Story<E> {
  readonly names: readonly string[]
  row(event: E): number[]
  saw(event: E): void
  told(event: E, fraud: boolean): void
}

/** An event of a data set: 1 for fraud, 0 for none, nothing where nobody looked. */
export interface Labelled<E> {
  readonly event: E
  readonly label: 0 | 1 | undefined
  /** Whether the label may be learned from, as a target and in later features. */
  readonly training: boolean
}

/**
 * Rows of the events that are `wanted`, all unless told, which come in the order of time. All are
 * remembered; labels outside training are not told.
 */
export function replayed<E>(
  story: Story<E>,
  events: readonly Labelled<E>[],
  wanted: (event: E) => boolean = () => true,
): Matrix {
  const rows: number[][] = []
  for (const { event, label, training } of events) {
    if (wanted(event)) rows.push(story.row(event))
    story.saw(event)
    if (training && label !== undefined) story.told(event, label === 1)
  }
  return matrixOf(rows, story.names.length)
}
