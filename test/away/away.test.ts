import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { isRequired } from '@shop/kit/testing'
import { check } from '../checker/check.ts'
import { evidenceOf } from '../crash/evidence.ts'
import { absences, nameOf } from './absences.ts'
import { expectedOf, whileAway } from './absent.ts'
import { openWorld } from './world.ts'

test('while one part of the shop hangs, a checkout comes to what the contract says, and nothing is wrong afterwards', async (t) => {
  const hasRedis = spawnSync('redis-server', ['--version']).status === 0
  if (!hasRedis && !isRequired('redis')) {
    t.diagnostic('left out: full needs redis-server on the PATH')
    return
  }
  await using world = await openWorld(`away-${process.pid}`)

  for (const absence of absences('hung')) {
    const { seen, stepMs, answerMs } = await whileAway(world, absence)

    t.diagnostic(`${nameOf(absence)}; the step ${stepMs} ms, the answer ${answerMs} ms`)
    assert.deepEqual(seen, expectedOf(absence), nameOf(absence))
    // And what this test, on a machine with other work, needs to notice it.
    assert.ok(absence.stepMs === null || stepMs < absence.stepMs + 500, nameOf(absence))
    assert.ok(answerMs < 15_500, nameOf(absence))
  }
  assert.deepEqual(await check(await evidenceOf(world.shop, world)), {})
})
