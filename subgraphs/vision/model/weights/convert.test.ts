import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sessionOf } from '@shop/kit/learn/session'
import { Tensor } from 'onnxruntime-node'
import { converted } from './convert.ts'
import { type LayersModel, layersModelOf } from './layers-model.ts'

const layer = (name: string, kind: string, { inputs = ['before'], config = {} } = {}) => ({
  name,
  kind,
  inputs,
  config,
})

/** A convolution of 1 × 1 with a normalisation behind it, and a head of two classes. */
const small: LayersModel = {
  layers: [
    layer('before', 'InputLayer', { inputs: [] }),
    layer('conv', 'Conv2D', { config: { strides: [1, 1], padding: 'same' } }),
    layer('norm', 'BatchNormalization', { inputs: ['conv'], config: { epsilon: 0 } }),
    layer('relu', 'ReLU', { inputs: ['norm'], config: { max_value: 6 } }),
    layer('pool', 'AveragePooling2D', { inputs: ['relu'], config: { pool_size: [2, 2] } }),
    layer('flat', 'Flatten', { inputs: ['pool'] }),
    layer('dense', 'Dense', { inputs: ['flat'], config: { activation: 'softmax' } }),
  ],
  weights: new Map([
    ['conv/kernel', { shape: [1, 1, 3, 1], values: Float32Array.of(1, 2, 3) }],
    ['norm/gamma', { shape: [1], values: Float32Array.of(2) }],
    ['norm/beta', { shape: [1], values: Float32Array.of(1) }],
    ['norm/moving_mean', { shape: [1], values: Float32Array.of(0.5) }],
    ['norm/moving_variance', { shape: [1], values: Float32Array.of(4) }],
    ['dense/kernel', { shape: [1, 2], values: Float32Array.of(1, -1) }],
    ['dense/bias', { shape: [2], values: Float32Array.of(0, 0) }],
  ]),
}

test('a converted network computes what its layers say', async () => {
  const session = await sessionOf(converted(small, { side: 2, taps: ['relu'], head: 'dense' }))

  const pixels = Float32Array.from([255, 0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 0])
  const found = await session.run({ pixels: new Tensor('float32', pixels, [1, 2, 2, 3]) })

  // Sums 1, 2, 3 and 0, then 2 · (x − 0.5) / 2 + 1: 1.5, 2.5, 3.5 and 0.5.
  const [taps, head] = [found.taps, found.head].map((each) =>
    Array.from(each?.data as Float32Array),
  )
  assert.deepEqual(taps, [2])
  const sure = 1 / (1 + Math.exp(-4))
  assert.ok(Math.abs((head?.[0] ?? 0) - sure) < 1e-6)
})

test('a kind of layer that is not known is refused by name', () => {
  const layers = [...small.layers, layer('odd', 'LSTM', { inputs: ['relu'] })]

  assert.throws(() => converted({ ...small, layers }, { side: 2, taps: ['odd'] }), /odd is a LSTM/)
})

test('bytes become numbers again, and too few or too many are refused', async () => {
  const shipped = (bytes: readonly number[]) => ({
    modelJson: async () => ({
      default: {
        modelTopology: { model_config: { config: { layers: [] } } },
        weightsManifest: [
          {
            weights: [
              { name: 'a', shape: [2], quantization: { min: -1, scale: 0.5, dtype: 'uint8' } },
            ],
          },
        ],
      },
    }),
    weightBundles: [async () => ({ default: Buffer.from(bytes).toString('base64') })],
  })

  const { weights } = await layersModelOf(shipped([0, 4]))

  assert.deepEqual([...(weights.get('a')?.values ?? [])], [-1, 1])
  await assert.rejects(layersModelOf(shipped([0])), /end before a/)
  await assert.rejects(layersModelOf(shipped([0, 1, 2])), /belong nowhere/)
})
