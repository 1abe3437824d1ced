import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openScene } from '../crash/scene.ts'
import { drained } from './campaign.ts'
import { roundsOf } from './schedule.ts'

test('the same seed gives the same schedule, and nobody is told to end twice before all were once', () => {
  const asked = { seed: 7, rounds: 6, victims: ['orders', 'gateway', 'redis'] }

  const [one, two] = [roundsOf(asked), roundsOf(asked)]

  const first = one.slice(0, 3).map(({ victim }) => victim)
  assert.deepEqual(one, two)
  assert.deepEqual(first.toSorted(), ['gateway', 'orders', 'redis'])
})

test('a shop at work is told to end: it does within ten seconds, and nothing that was taken is lost', async (t) => {
  await using scene = await openScene({
    ...{ topology: 'solo', name: `draining-${process.pid}`, products: 40 },
    env: () => ({ ENVIRONMENT: 'production', SHOP_POINTS_FILE: '' }),
  })
  const rounds = roundsOf({ seed: 1, rounds: 1, victims: ['shop'] })

  const told = (line: string) => t.diagnostic(line)
  const { replies, late, findings } = await drained(scene, { seed: 1, rounds, told })

  assert.deepEqual({ lost: replies.lost, late, findings }, { lost: [], late: [], findings: {} })
})
