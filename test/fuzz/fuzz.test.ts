import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fuzz } from './fuzz.ts'

test('of fifty thousand documents, valid, damaged and noise, none finds a fault of ours', async (t) => {
  const { faults, admitted, planned, refused, longestStallMs, seed } = await fuzz({
    seed: 20_260_301,
    documents: 50_000,
    planOneIn: 200,
    depth: 3,
  })

  t.diagnostic(JSON.stringify({ seed, admitted, planned, refused, longestStallMs }))
  assert.deepEqual(faults, [])
  assert.ok(admitted > 5_000 && planned > 20, `${admitted} admitted, ${planned} planned`)
  assert.ok(longestStallMs < 250, `${longestStallMs} ms`)
})
