import type { Recorded } from '../faults/recorder.ts'

export type Row = Record<string, unknown>

/** As a superuser of one database: it sees everybody's rows. */
export type Query = (statement: string, values?: readonly unknown[]) => Promise<Row[]>

/** A payment intent as the provider lists it. */
export interface Intent {
  readonly id: string
  readonly orderId: string | null
  readonly status: string
  readonly currency: string
  readonly receivedMinor: number
}

export interface ProviderRefund {
  readonly id: string
  readonly intentId: string
  readonly amountMinor: number
  readonly status: string
}

/** A mail as the double received it. */
export interface Mail {
  readonly to: string
  readonly template: string
  readonly event: string
}

/** All that a finding can be made from: nobody's word is asked for, only what lies there. */
export interface Evidence {
  /** The ten schemas of the shop. */
  readonly shop: Query
  /** Those of the AI side. */
  readonly ai: Query
  readonly intents: readonly Intent[]
  readonly refunds: readonly ProviderRefund[]
  readonly mails: readonly Mail[]
  readonly calls: readonly Recorded[]
  /** Who listens to what, as it was composed. */
  readonly routes: Readonly<Record<string, readonly string[]>>
  /** Orders before this were not made through the graph, but filled in. */
  readonly since: Date
  readonly now: Date
}

/** What is wrong, in words; none is as it should be. */
export type Invariant = (evidence: Evidence) => Promise<readonly string[]>

/** A finding of each row: its columns, as they are called. */
export const told = (what: string, rows: readonly Row[]): string[] =>
  rows.map((row) => {
    const columns = Object.entries(row).map(([name, value]) => `${name} ${value}`)
    return `${what}: ${columns.join(', ')}`
  })
