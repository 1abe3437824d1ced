import type { Random } from '@shop/kit/learn/random'
import sharp from 'sharp'

export type Alteration = 'crop' | 'jpeg' | 'resize'

export const alterations: readonly Alteration[] = ['crop', 'jpeg', 'resize']

/**
 * Another copy of a picture, as sellers make them: 82 to 95 % of each side cut out anywhere, saved
 * again at quality 30 to 60, or at 40 to 70 % of its size.
 */
export async function altered(
  bytes: Uint8Array,
  alteration: Alteration,
  random: Random,
): Promise<Buffer> {
  const { width, height } = await sharp(bytes).metadata()
  const between = (low: number, high: number) => low + (high - low) * random.next()
  if (alteration === 'jpeg') {
    const quality = Math.round(between(30, 60))
    return await sharp(bytes).jpeg({ quality }).toBuffer()
  }
  if (alteration === 'resize') {
    const share = between(0.4, 0.7)
    return await sharp(bytes)
      .resize(Math.round(width * share))
      .jpeg({ quality: 90 })
      .toBuffer()
  }
  const [kept, high] = [
    Math.round(width * between(0.82, 0.95)),
    Math.round(height * between(0.82, 0.95)),
  ]
  const region = {
    left: random.below(width - kept + 1),
    top: random.below(height - high + 1),
    width: kept,
    height: high,
  }
  return await sharp(bytes).extract(region).jpeg({ quality: 90 }).toBuffer()
}
