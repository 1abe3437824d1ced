import { sql } from 'kysely'

/** With every change of a rule, in its own transaction. */
export const bumped = sql`update price_rules set version = version + 1`
