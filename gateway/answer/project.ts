import type { Data } from '../json.ts'

/** What the writing of one answer notes beside the text. */
export interface Noted {
  /** A value was not what the schema promises; what had to be null because of it is null. */
  isWrong: boolean
  /** Of `__schema` and `__type`, by their names in the answer, as JSON. */
  readonly introspected: Readonly<Record<string, string>>
}

/** Writes `data` as JSON, or nothing when nulls went up to the top. */
export type Project = (data: Data, variables: Data, noted: Noted) => string | undefined
