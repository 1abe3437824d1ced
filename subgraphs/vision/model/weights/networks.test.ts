import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { BadModel } from '@shop/kit/learn/refusals'
import { sessionOf } from '@shop/kit/learn/session'
import { Tensor } from 'onnxruntime-node'
import { buildNetwork, fast, networkBytes } from './networks.ts'

const folder = () => mkdtempSync(path.join(tmpdir(), 'networks-'))

test('the shipped weights become the file that was checked, and a spoilt file is refused', async () => {
  const place = folder()

  const file = await buildNetwork(place, fast)

  assert.equal(networkBytes(place, fast).length, readFileSync(file).length)
  writeFileSync(file, 'spoilt')
  assert.throws(() => networkBytes(place, fast), BadModel)
  await buildNetwork(place, fast)
  assert.ok(networkBytes(place, fast).length > 1_000_000)
})

test('a network that was never built is refused with the command that builds it', () => {
  assert.throws(() => networkBytes(folder(), fast), /models:build/)
})

test('the fast path computes what TensorFlow.js computes', async () => {
  const place = folder()
  await buildNetwork(place, fast)
  const session = await sessionOf(networkBytes(place, fast))
  const pixels = Float32Array.from(
    { length: 224 * 224 * 3 },
    (_, i) => (i * 37 + Math.floor(i / 672) * 11) % 256,
  )

  const found = await session.run({ pixels: new Tensor('float32', pixels, [1, 224, 224, 3]) })

  const near = (values: Float32Array, expected: readonly number[]) => {
    for (const [i, each] of expected.entries()) {
      assert.ok(Math.abs((values[i] ?? 0) - each) < 1e-5, `${values[i]} is not ${each}`)
    }
  }
  // Of @tensorflow/tfjs 4.22.0 on its own processor backend, for the same pixels.
  near(found.head?.data as Float32Array, [0.6564377, 0.0163494, 0.3215925, 0.0041354, 0.001485])
  const taps = found.taps?.data as Float32Array
  near(taps.slice(-4), [0.2734334, 0.0075704, 1.6194595, 0.1262278])
})
