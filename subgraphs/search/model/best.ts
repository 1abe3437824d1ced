/** The best `most` by this order, in it. Sorting them all costs more where thousands match. */
export function best<T>(values: readonly T[], most: number, order: (a: T, b: T) => number): T[] {
  if (values.length <= most * 4) return values.toSorted(order).slice(0, most)
  const heap = values.slice(0, most)
  for (let at = (most >> 1) - 1; at >= 0; at -= 1) sink(heap, at, order)
  for (let i = most; i < values.length; i += 1) {
    if (order(values[i] as T, heap[0] as T) >= 0) continue
    heap[0] = values[i] as T
    sink(heap, 0, order)
  }
  return heap.sort(order)
}

/** A heap whose root is the worst of those kept. */
function sink<T>(heap: T[], from: number, order: (a: T, b: T) => number): void {
  let at = from
  for (;;) {
    let worst = at
    for (const child of [2 * at + 1, 2 * at + 2]) {
      if (child < heap.length && order(heap[child] as T, heap[worst] as T) > 0) worst = child
    }
    if (worst === at) return
    ;[heap[at], heap[worst]] = [heap[worst] as T, heap[at] as T]
    at = worst
  }
}
