import type { z } from 'zod'

export interface Job {
  /** `<subgraph>.<what-it-does>`. */
  readonly name: string
  readonly everyMs?: number | undefined
  run(payload: unknown): Promise<void>
}

interface JobShape<P extends z.ZodType, N> {
  name: string
  everyMs?: number
  payload: P
  run(needs: N, payload: z.output<P>): Promise<void>
}

/** Has to be idempotent: a worker that is stopped and resumed runs it beside its successor. */
export function defineJob<P extends z.ZodType, N>({ name, everyMs, payload, run }: JobShape<P, N>) {
  return {
    with: (needs: N): Job => ({ name, everyMs, run: (given) => run(needs, payload.parse(given)) }),
  }
}

export interface Wanted {
  readonly name: string
  readonly payload: object
  /** Twice the same is once, while the first is remembered. */
  readonly id?: string
  readonly delayMs?: number
}
