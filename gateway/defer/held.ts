import type { Refusal } from '../answer/refusal.ts'
import type { Sink } from '../subscribe/events.ts'

/** Keeps what is told until somebody listens. */
export class Held implements Sink {
  #waiting: ((sink: Sink) => void)[] = []
  #sink: Sink | undefined

  next(answer: string): void {
    this.#tell((sink) => sink.next(answer))
  }

  end(why?: Refusal): void {
    this.#tell((sink) => sink.end(why))
  }

  listen(sink: Sink): () => void {
    this.#sink = sink
    for (const tell of this.#waiting) tell(sink)
    this.#waiting = []
    return () => {
      this.#sink = undefined
    }
  }

  #tell(tell: (sink: Sink) => void): void {
    if (this.#sink) tell(this.#sink)
    else this.#waiting.push(tell)
  }
}
