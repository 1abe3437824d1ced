import assert from 'node:assert/strict'
import { test } from 'node:test'
import { campaign } from './campaign.ts'
import { nameOf, type Planned, scheduleOf } from './cells.ts'
import { openScene } from './scene.ts'

test('the same seed gives the same schedule, and no cell is aimed at twice before all were once', () => {
  const asked = { seed: 7, kills: 93, topology: 'full', victims: ['orders', 'redis'] } as const

  const [one, two] = [scheduleOf(asked), scheduleOf(asked)]

  const aimed = one.flatMap(({ blow }) => (blow.kind === 'cell' ? [nameOf(blow)] : []))
  assert.deepEqual(one, two)
  assert.deepEqual([aimed.length, new Set(aimed).size], [62, 62])
})

const cell = (
  role: 'runner' | 'postgres',
  step: string,
  phase: 'before' | 'in' | 'after',
): Planned => ({
  blow: { kind: 'cell', role, step, phase },
  afterMs: 200,
})

/** Where money has moved and nobody has written it down, and where the database goes between two steps. */
const worst = [
  cell('runner', 'capture', 'in'),
  cell('postgres', 'commit', 'before'),
  cell('runner', 'authorize', 'in'),
]

test('a shop whose process and PostgreSQL die in the middle of a checkout settles within a minute, and nothing is wrong', async (t) => {
  const name = `crashing-${process.pid}`
  await using scene = await openScene({ topology: 'solo', name, products: 40 })

  const told = (line: string) => t.diagnostic(line)
  const settings = { seed: 1, schedule: worst, between: 3, told, isFew: true }
  const { findings, missed } = await campaign(scene, settings)

  assert.deepEqual({ findings, missed }, { findings: {}, missed: [] })
})
