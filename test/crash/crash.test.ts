import assert from 'node:assert/strict'
import { test } from 'node:test'
import { demoPassword } from '../../deploy/solo/demo.ts'
import { campaign } from './campaign.ts'
import { nameOf, type Planned, scheduleOf } from './cells.ts'
import { openProvider } from './provider.ts'
import { openVictims, placeFor } from './shop.ts'

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
  const place = await placeFor('solo', `crashing-${process.pid}`)
  await using provider = await openProvider(place.ports.GATEWAY_PORT ?? '')
  await using shop = await openVictims(place, { products: 40, env: provider.env })
  await shop.untilReady()

  const told = (line: string) => t.diagnostic(line)
  const settings = { seed: 1, schedule: worst, between: 3, provider, password: demoPassword, told }
  const { findings, missed } = await campaign(shop, settings)

  assert.deepEqual({ findings, missed }, { findings: {}, missed: [] })
})
