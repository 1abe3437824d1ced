import { InferenceSession, Tensor } from 'onnxruntime-node'

/** Texts to vectors of length 1. The name of what made them is kept with every collection. */
export interface Encoder extends AsyncDisposable {
  readonly name: string
  readonly dimensions: number
  /** One vector a text; a text without words is null. The same text is the same vector, always. */
  encode(texts: readonly string[]): Promise<(Float32Array | null)[]>
}

/** One thread: two were slower than one on graphs of this size. */
export const openSession = (graph: Uint8Array): Promise<InferenceSession> =>
  InferenceSession.create(graph, { intraOpNumThreads: 1, interOpNumThreads: 1 })

export const integers = (values: readonly number[], dims: readonly number[]): Tensor =>
  new Tensor('int64', BigInt64Array.from(values, BigInt), dims)

/** What to run together: texts of one length, a few at a time, by their place in the list. */
export function equallyLong(rows: readonly (readonly number[])[], most: number): number[][] {
  const byLength = new Map<number, number[]>()
  rows.forEach((row, at) => {
    if (row.length > 0) byLength.set(row.length, [...(byLength.get(row.length) ?? []), at])
  })
  return [...byLength.values()].flatMap((places) =>
    Array.from({ length: Math.ceil(places.length / most) }, (_, i) =>
      places.slice(i * most, (i + 1) * most),
    ),
  )
}
