import type { Clock } from '@shop/kit/clock'
import { BadUserInput, StaleVersion } from '@shop/kit/errors'
import { type Asked, viewerIn } from '@shop/kit/identity'
import type { Thresholds } from './decide.ts'

interface Needs extends Asked {
  clock: Clock
  thresholds: {
    set(next: Thresholds, changed: { at: Date; by: string }): Promise<boolean>
  }
}

interface Setting extends Omit<Thresholds, 'version'> {
  readonly idempotencyKey: string
  readonly expectedVersion: number
}

export async function setFraudThresholds(needs: Needs, input: Setting) {
  const { expectedVersion, threeDSecureAt, reviewAt, rejectAt } = input
  const inOrder = [0, threeDSecureAt, reviewAt, rejectAt, 101]
  if (inOrder.some((each, at) => at > 0 && each < (inOrder[at - 1] ?? 0))) {
    throw new BadUserInput('Thresholds are from 0 to 101, none below the one before.')
  }
  const next = { threeDSecureAt, reviewAt, rejectAt, version: expectedVersion + 1 }
  const changed = { at: needs.clock.now(), by: viewerIn(needs) }
  if (!(await needs.thresholds.set(next, changed))) {
    throw new StaleVersion('Somebody else has changed the thresholds.')
  }
  return { kind: 'FraudThresholdsSaved' } as const
}
