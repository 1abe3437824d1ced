import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cutsOf, manners } from './schedule.ts'
import { openWires } from './wires.ts'

test('the same seed gives the same cuts, and no wire is cut twice in one manner before all were once', async () => {
  await using wires = await openWires(1)
  const asked = { seed: 7, wires: wires.names, seconds: [5, 120] } as const

  const [one, two] = [cutsOf(asked), cutsOf(asked)]

  const cells = new Set(one.map(({ wire, manner }) => `${wire} ${manner}`))
  assert.deepEqual(one, two)
  assert.deepEqual(
    [one.length, cells.size],
    [cells.size, wires.names.length * Object.keys(manners).length],
  )
  assert.ok(one.every(({ ms }) => ms >= 5000 && ms <= 120_000))
})
