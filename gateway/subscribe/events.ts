import type { Refusal } from '../answer/refusal.ts'

/** Where answers go as they come. It may be told of an end while it is told of an answer. */
export interface Sink {
  next(answer: string): void
  /** No more will come: all is told, or why it is not. */
  end(why?: Refusal): void
}

/** Answers that come one after another. Nothing is opened before somebody listens. */
export interface Events {
  /** Parts of one answer, or one answer an event. */
  readonly kind: 'parts' | 'answers'
  /** Settled when nothing more is done for it; of an answer that goes on. */
  readonly over?: Promise<void>
  /** Gives back what ends it. */
  listen(sink: Sink): () => void
}
