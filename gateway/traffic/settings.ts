/** How much trouble of a subgraph is too much, and what is done about it. */
export interface TrafficSettings {
  /** Of reads: so many tries more than reads, and no more. */
  readonly retryShare: number
  readonly merge: boolean
  readonly breaker: BreakerSettings
  /** Told when a group of fields rests, is tried, or is asked again. */
  readonly onState?: (service: string, group: string, state: BreakerState) => void
}

export type BreakerState = 'closed' | 'open' | 'trying'

export interface BreakerSettings {
  /** Calls are counted over so long. */
  readonly windowMs: number
  /** Fewer say nothing. */
  readonly least: number
  /** Of them, failed or slow. */
  readonly share: number
  /** A read that takes longer counts as failed, unless its fields are given longer by `@timeout`. */
  readonly slowMs: number
  /** How long it is left alone before one call tries it. */
  readonly restMs: number
}
