import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Admission } from './admission.ts'

test('so many are let in at once, and the next by turn', async () => {
  const admission = new Admission(2)
  const seen: string[] = []
  const enter = async (name: string) => {
    const leave = await admission.enter(10_000)
    seen.push(name)
    return leave
  }
  const [leaveFirst, leaveSecond] = await Promise.all([enter('first'), enter('second')])

  const [third, fourth] = [enter('third'), enter('fourth')]
  await Promise.resolve()
  const before = [...seen]
  leaveSecond()
  leaveSecond()
  await third
  const after = [...seen]
  leaveFirst()
  await fourth

  assert.deepEqual(before, ['first', 'second'])
  assert.deepEqual(after, ['first', 'second', 'third'])
  assert.deepEqual(seen, ['first', 'second', 'third', 'fourth'])
})

test('who is not let in in time is told to come again, and leaves no gap', async () => {
  const admission = new Admission(1)
  const leave = await admission.enter(10_000)

  await assert.rejects(admission.enter(1), { code: 'UNAVAILABLE' })
  const next = admission.enter(10_000)
  leave()

  assert.equal(typeof (await next), 'function')
})
