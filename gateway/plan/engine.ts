import type { Plan } from './nodes.ts'

export interface ToPlan {
  readonly query: string
  readonly operationName: string | undefined
  /** Labels of `@override` that are on. */
  readonly labels: readonly string[]
  /** From 0 to 100: labels of `percent(n)` are on where it is below n. */
  readonly percentage: number
}

/** What an engine makes of a supergraph. */
export interface Facts {
  /** The schema that clients see, as SDL. */
  readonly apiSchema: string
  /** The n of every `@override(label: "percent(n)")`. */
  readonly percentages: readonly number[]
}

export interface Engine {
  readonly facts: Facts
  plan(wanted: ToPlan): Plan
}

export type EngineName = 'hive' | 'apollo'
