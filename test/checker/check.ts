import { eventsArrived } from './events.ts'
import type { Evidence, Invariant } from './evidence.ts'
import { keysActOnce, ordersAreWhole, readsGoForward } from './history.ts'
import { historiesAreLegal } from './machines.ts'
import { mailsAreSingle } from './mail.ts'
import { ledgerBalances, moneyIsOwed } from './money.ts'
import { sagasEnded } from './sagas.ts'
import { holdsAreWanted, stockAddsUp, stockMovedOnce } from './stock.ts'
import { vouchersWithinLimits } from './vouchers.ts'

/** By the numbers of the reliability page. */
const invariants: Readonly<Record<string, Invariant>> = {
  I1: stockAddsUp,
  I2: holdsAreWanted,
  I3: moneyIsOwed,
  I4: ledgerBalances,
  I5: keysActOnce,
  I6: eventsArrived,
  I7: stockMovedOnce,
  I8: mailsAreSingle,
  I9: historiesAreLegal,
  I10: vouchersWithinLimits,
  I11: sagasEnded,
  I12: ordersAreWhole,
  I16: readsGoForward,
}

export type Findings = Readonly<Record<string, readonly string[]>>

/** The findings of each invariant that does not hold; empty when all is well. */
export async function check(evidence: Evidence): Promise<Findings> {
  const entries: [string, readonly string[]][] = []
  // One after the other: planted corruptions are looked at within one transaction.
  for (const [name, invariant] of Object.entries(invariants)) {
    entries.push([name, await invariant(evidence)])
  }
  return Object.fromEntries(entries.filter(([, found]) => found.length > 0))
}
