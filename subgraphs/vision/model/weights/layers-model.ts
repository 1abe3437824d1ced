import { z } from 'zod'

/** A package's modules with a model in them: its topology, and its weights in base64. */
export interface Shipped {
  modelJson(): Promise<{ default: unknown }>
  weightBundles: readonly (() => Promise<{ default: string }>)[]
}

export interface Layer {
  readonly name: string
  /** Its class, as Keras calls it: `Conv2D`. */
  readonly kind: string
  readonly config: LayerConfig
  readonly inputs: readonly string[]
}

/** Row-major. */
export interface Weight {
  readonly shape: readonly number[]
  readonly values: Float32Array
}

export interface LayersModel {
  /** Each after those it reads. */
  readonly layers: readonly Layer[]
  /** By layer and name: `conv2d_1/kernel`. */
  readonly weights: ReadonlyMap<string, Weight>
}

const pair = z.tuple([z.int(), z.int()])
const config = z.object({
  strides: pair.optional(),
  pool_size: pair.optional(),
  padding: z.union([z.enum(['valid', 'same']), z.tuple([pair, pair])]).optional(),
  activation: z.enum(['linear', 'relu', 'softmax']).optional(),
  max_value: z.number().nullish(),
  epsilon: z.number().optional(),
})
export type LayerConfig = z.infer<typeof config>

const inbound = z.array(z.array(z.tuple([z.string(), z.int(), z.int(), z.unknown()])))
const layer = z.object({ name: z.string(), class_name: z.string(), config, inbound_nodes: inbound })
const weight = z.object({
  name: z.string(),
  shape: z.array(z.int()),
  quantization: z.object({ min: z.number(), scale: z.number(), dtype: z.literal('uint8') }),
})
const topology = z.object({
  modelTopology: z.object({
    model_config: z.object({ config: z.object({ layers: z.array(layer) }) }),
  }),
  weightsManifest: z.tuple([z.object({ weights: z.array(weight) })]),
})

/**
 * Reads a layers model of TensorFlow.js whose weights are quantised to bytes, without running any
 * of TensorFlow.js. Throws where the topology has something that is not read here.
 */
export async function layersModelOf(shipped: Shipped): Promise<LayersModel> {
  const json = topology.parse((await shipped.modelJson()).default)
  const bundles = await Promise.all(shipped.weightBundles.map((bundle) => bundle()))
  const bytes = Buffer.concat(bundles.map((bundle) => Buffer.from(bundle.default, 'base64')))
  return {
    layers: json.modelTopology.model_config.config.layers.map((each) => ({
      name: each.name,
      kind: each.class_name,
      config: each.config,
      inputs: (each.inbound_nodes[0] ?? []).map(([name]) => name),
    })),
    weights: dequantised(json.weightsManifest[0].weights, bytes),
  }
}

/** A byte b stands for min + scale · b; the weights lie one after another. */
function dequantised(weights: readonly z.infer<typeof weight>[], bytes: Buffer) {
  const read = new Map<string, Weight>()
  let at = 0
  for (const { name, shape, quantization } of weights) {
    const size = shape.reduce((product, side) => product * side, 1)
    const stored = bytes.subarray(at, at + size)
    if (stored.length < size) throw new Error(`The weights end before ${name}.`)
    const values = Float32Array.from(stored, (b) => quantization.min + quantization.scale * b)
    read.set(name, { shape, values })
    at += size
  }
  if (at !== bytes.length) throw new Error(`${bytes.length - at} bytes of weights belong nowhere.`)
  return read
}
