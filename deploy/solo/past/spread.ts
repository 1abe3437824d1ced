import { TransformStream, type WritableStreamDefaultWriter } from 'node:stream/web'

type Reader<T> = (batches: AsyncIterable<T>) => Promise<unknown>

/** Gives every batch to each of the readers, at the pace of the slowest; keeps none. */
export async function spread<T>(
  batches: Iterable<T>,
  readers: readonly Reader<T>[],
): Promise<void> {
  const lanes = readers.map(() => new TransformStream<T, T>())
  const reading = readers.map((read, at) => read((lanes[at] as TransformStream<T, T>).readable))
  const writers = lanes.map(({ writable }) => writable.getWriter())
  await Promise.all([fed(batches, writers), ...reading])
}

async function fed<T>(
  batches: Iterable<T>,
  writers: readonly WritableStreamDefaultWriter<T>[],
): Promise<void> {
  try {
    for (const batch of batches) await Promise.all(writers.map((lane) => lane.write(batch)))
    await Promise.all(writers.map((lane) => lane.close()))
  } catch (fault) {
    // Whoever still reads gives up too: half a past is none.
    await Promise.allSettled(writers.map((lane) => lane.abort(fault)))
    throw fault
  }
}
