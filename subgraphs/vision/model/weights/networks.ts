import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { sha256 } from '@shop/kit/learn/model-folder'
import { BadModel } from '@shop/kit/learn/refusals'
import { InceptionV3Model } from 'nsfwjs/models/inception_v3'
import { MobileNetV2Model } from 'nsfwjs/models/mobilenet_v2'
import { type Cut, converted } from './convert.ts'
import { layersModelOf, type Shipped } from './layers-model.ts'

export interface Network extends Cut {
  readonly name: string
  readonly shipped: Shipped
  /** Of the ONNX file that these weights become: nothing else is ever run. */
  readonly sha256: string
  /** How many numbers its taps are. */
  readonly width: number
}

/**
 * Inception v3 (Szegedy et al., 2016) down to `mixed8`. What follows was tuned to moderation. It is
 * fully convolutional this far, so it reads 224 pixels where it was trained on 299: the time is
 * nearly halved. The early taps see texture and colour, which tells one apple from another.
 */
export const precise: Network = {
  name: 'inception-v3-mixed8',
  shipped: InceptionV3Model as unknown as Shipped,
  side: 224,
  taps: ['mixed2', 'mixed3', 'mixed4', 'mixed5', 'mixed6', 'mixed7', 'mixed8'],
  sha256: '0422da1e408b9005dde180f0e76d0f7a4061f443526a901f2c977ff9a9fdef04',
  width: 5408,
}

/** MobileNet v2 (Sandler et al., 2018): the fast path, and the moderating head of its authors. */
export const fast: Network = {
  name: 'mobilenet-v2',
  shipped: MobileNetV2Model as unknown as Shipped,
  side: 224,
  taps: ['block_13_expand_relu', 'block_14_expand_relu', 'block_15_expand_relu'],
  head: 'dense_3',
  sha256: '90ed31eef10071623715056fe842a9cf613c0fbb44690ea02ccad92821cbe475',
  width: 2496,
}

const fileOf = (folder: string, { name }: Network) => path.join(folder, `${name}.onnx`)

/** Writes the network into the folder, unless it is there; gives its file. */
export async function buildNetwork(folder: string, network: Network): Promise<string> {
  const file = fileOf(folder, network)
  if (existsSync(file) && sha256(readFileSync(file)) === network.sha256) return file
  const bytes = converted(await layersModelOf(network.shipped), network)
  const hash = sha256(bytes)
  if (hash !== network.sha256) {
    throw new BadModel(`${network.name} became ${hash}, and ${network.sha256} is what was checked.`)
  }
  mkdirSync(folder, { recursive: true })
  const beside = `${file}.${process.pid}`
  writeFileSync(beside, bytes)
  renameSync(beside, file)
  return file
}

/** The file's bytes. Throws BAD_MODEL where it is not there, or is not what was checked. */
export function networkBytes(folder: string, network: Network): Uint8Array {
  const file = fileOf(folder, network)
  if (!existsSync(file)) {
    throw new BadModel(`There is no ${network.name} in ${folder}: npm run models:build writes it.`)
  }
  const bytes = readFileSync(file)
  if (sha256(bytes) !== network.sha256) throw new BadModel(`${file} is not what was built.`)
  return bytes
}
