/** A part of the shop that goes while a checkout is on its way to it. */
export interface Absence {
  readonly part: string
  readonly how: 'killed' | 'hung'
  /** Where the walk stands when it goes. */
  readonly step: string
  /** More of them cost more than may be sold without looking. */
  readonly pieces: number
  /** The longest that the walk waits for this step; null where it asks somebody else. */
  readonly stepMs: number | null
  readonly end: End
}

/** What the contract says becomes of the checkout. */
export type End = 'sold' | 'held' | 'undone' | 'later' | 'soon'

type Row = Omit<Absence, 'how' | 'pieces'> & { readonly pieces?: number }

/** Section 5 of the contract, line by line. */
const rows: readonly Row[] = [
  { part: 'fraud', step: 'risk', stepMs: 150, end: 'sold' },
  { part: 'fraud', step: 'risk', stepMs: 150, pieces: 9, end: 'held' },
  { part: 'notifications', step: 'capture', stepMs: null, end: 'sold' },
  { part: 'promotions', step: 'price', stepMs: 2000, end: 'undone' },
  { part: 'inventory', step: 'hold', stepMs: 2000, end: 'undone' },
  { part: 'inventory', step: 'commit', stepMs: 2000, end: 'undone' },
  { part: 'payments', step: 'authorize', stepMs: 10_000, end: 'later' },
  { part: 'payments', step: 'capture', stepMs: 10_000, end: 'later' },
]

export const absences = (...ways: readonly Absence['how'][]): Absence[] =>
  ways.flatMap((how) => rows.map((row) => ({ pieces: 1, ...row, how, end: endOf(row.end, how) })))

/** What is killed is started again, and may be there before the shopper's fifteen seconds are over. */
const endOf = (end: End, how: Absence['how']): End =>
  end === 'later' && how === 'killed' ? 'soon' : end

export const nameOf = ({ part, how, step, end }: Absence): string =>
  `${part} ${how} at ${step}: ${end}`
