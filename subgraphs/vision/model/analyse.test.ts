import assert from 'node:assert/strict'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { matrixOf } from '@shop/kit/learn/matrix'
import { Vision } from './analyse.ts'
import { compared } from './duplicates.ts'
import { Eyes } from './embedding/eyes.ts'
import { familyFolder, writeFamily } from './learned/family.ts'
import { openProducts } from './learned/products.ts'
import { trainedSpace } from './learned/space.ts'
import { moderated } from './moderation.ts'
import { EmbeddedNeighbours } from './neighbours.ts'
import { decoded } from './picture/decode.ts'
import { drawn } from './test/drawn.ts'
import { buildNetwork, fast } from './weights/networks.ts'

const clock = { now: () => new Date('2026-03-01T12:00:00Z') }
const colours = ['#c81e28', '#2f6fd0', '#3c8c3c']
const folder = mkdtempSync(path.join(tmpdir(), 'vision-'))
const family = { family: 'discs', path: 'fast' } as const

/** Twelve discs of each of three colours, learned from what the fast path sees of them. */
async function learnDiscs(): Promise<void> {
  await buildNetwork(folder, fast)
  const eyes = new Eyes(folder)
  const rows: Float32Array[] = []
  const labels: number[] = []
  for (let i = 0; i < 36; i += 1) {
    const bytes = await drawn({ width: 90 + i, height: 120 - i, colour: colours[i % 3] ?? '' })
    const picture = await decoded(bytes)
    assert.ok(picture.kind === 'Picture')
    rows.push((await eyes.glance(picture)).features)
    labels.push(i % 3)
  }
  const examples = { rows: matrixOf(rows), labels, classes: 3 }
  const settings = { seed: 1, directions: 8, shrinkage: 0.1, look: 0.25 }
  const space = await trainedSpace(await openProducts(), examples, settings)
  const names = {
    classes: ['red', 'blue', 'green'],
    thresholds: space.thresholds,
    path: 'fast' as const,
  }
  const told = { seed: 1, dataHash: 'drawn', commit: 'none', card: 'Discs.' }
  writeFamily(folder, { name: 'discs', names, space, ...told })
}

await learnDiscs()

test('a picture is seen whole, and found again by its vector', async () => {
  const vision = new Vision({ folder, clock, deadlineMs: 60_000 })
  const index = new EmbeddedNeighbours(128)
  for (const colour of colours) {
    const answer = await vision.analyse(await drawn({ width: 111, height: 101, colour }), family)
    assert.ok('value' in answer && answer.value.seen)
    assert.equal(answer.degraded, false)
    assert.equal(index.put(colour, answer.value.seen.vector), undefined)
  }

  const blue = await drawn({ width: 140, height: 95, colour: '#2f6fd0' })
  const answer = await vision.analyse(blue, family)

  assert.ok('value' in answer && answer.value.seen)
  assert.equal(answer.value.seen.classes[0]?.name, 'blue')
  assert.equal(answer.value.colours[0]?.name, 'blue')
  assert.ok(answer.confidence > 0.5 && answer.confidence <= 1)
  const near = index.nearest(answer.value.seen.vector, 2)
  assert.ok(Array.isArray(near))
  assert.equal(near[0]?.id, '#2f6fd0')
})

test('without networks the plain part is answered, and said to be degraded', async () => {
  const empty = mkdtempSync(path.join(tmpdir(), 'vision-'))
  const vision = new Vision({ folder: empty, clock })

  const answer = await vision.analyse(await drawn({ width: 99, height: 99 }), family)

  assert.ok('value' in answer)
  assert.equal(answer.degraded, true)
  assert.equal(answer.value.seen, null)
  assert.equal(answer.value.moderation, null)
  assert.equal(answer.value.colours[0]?.name, 'red')
})

test('a model that was spoilt is not run', async () => {
  const spoilt = mkdtempSync(path.join(tmpdir(), 'vision-'))
  await learnDiscs()
  const place = familyFolder(folder, 'discs', 'fast')
  writeFileSync(path.join(place, 'space.onnx'), 'spoilt')
  const answers = await Promise.all(
    [folder, spoilt].map((each) =>
      drawn({ width: 99, height: 99 }).then((bytes) =>
        new Vision({ folder: each, clock }).analyse(bytes, family),
      ),
    ),
  )

  for (const answer of answers) assert.ok('degraded' in answer && answer.degraded)
})

test('what is no picture is refused with a code', async () => {
  const answer = await new Vision({ folder, clock }).analyse(Buffer.from('a text'), family)

  assert.ok('code' in answer)
  assert.equal(answer.code, 'PICTURE_FORMAT')
})

test('a vector with NaN, or of another length, is neither kept nor looked for', () => {
  const index = new EmbeddedNeighbours(4)

  for (const vector of [Float32Array.of(1, Number.NaN, 0, 0), Float32Array.of(1, 2)]) {
    const refusals = [index.put('a', vector), index.nearest(vector, 1)]
    for (const each of refusals) assert.ok(each && 'code' in each && each.code === 'VECTOR_UNFIT')
  }
  assert.equal(index.size, 0)
  assert.deepEqual(index.nearest(Float32Array.of(1, 0, 0, 0), 3), [])
})

test('an id put again has its new vector alone, and one removed is gone', () => {
  const index = new EmbeddedNeighbours(2)
  index.put('a', Float32Array.of(1, 0))
  index.put('b', Float32Array.of(0.6, 0.8))

  index.put('a', Float32Array.of(0, 1))
  assert.deepEqual(nearestTo(index, 0, 1), ['a', 'b'])
  index.remove('a')
  assert.deepEqual(nearestTo(index, 0, 1), ['b'])
})

function nearestTo(index: EmbeddedNeighbours, x: number, y: number): string[] {
  const found = index.nearest(Float32Array.of(x, y), 5)
  return 'code' in found ? [] : found.map(({ id }) => id)
}

test('two pictures are one by their bits, or by both; never by their vectors alone', () => {
  const hash = (bits: bigint) => ({ whole: { difference: bits, frequency: 0n }, windows: [] })
  const [one, like, unlike] = [0n, 2n ** 133n - 1n, 2n ** 250n - 1n].map(hash)
  const vector = Float32Array.of(1, 0)
  const pair = (hashes = one, likeness = 1) =>
    compared(
      { hashes: hash(0n), vector },
      {
        hashes: hashes ?? hash(0n),
        vector: Float32Array.of(likeness, Math.sqrt(1 - likeness ** 2)),
      },
    ).isDuplicate

  assert.equal(pair(one, 0), true)
  assert.equal(pair(like, 0.95), true)
  assert.equal(pair(like, 0.5), false)
  assert.equal(pair(unlike, 1), false)
})

test('only what is surely unfit is refused, and what is doubtful goes to people', () => {
  const verdict = (...head: number[]) => moderated(Float32Array.from(head)).verdict

  assert.equal(verdict(0.1, 0, 0.9, 0, 0), 'ALLOW')
  assert.equal(verdict(0, 0, 0.1, 0, 0.9), 'REVIEW')
  assert.equal(verdict(0, 0.05, 0, 0.95, 0), 'REFUSE')
})
