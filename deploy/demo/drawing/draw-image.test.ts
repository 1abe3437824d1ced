import assert from 'node:assert/strict'
import { test } from 'node:test'
import sharp from 'sharp'
import { demoShop } from '../demo-shop.ts'
import type { Image } from '../shop.ts'
import { drawImage } from './draw-image.ts'
import { silhouettes } from './silhouettes.ts'

const image = { id: 'one', alt: 'A thing', colour: '#2c3e5c', background: '#f3efe8' }
const pictureOf = (silhouette: string, view: Image['view'] = 'front') =>
  drawImage({ images: [{ ...image, silhouette, view }] }, 0)

test('every silhouette renders to a square of 800 that shows its colour', async () => {
  for (const silhouette of Object.keys(silhouettes)) {
    const { data, info } = await sharp(Buffer.from(pictureOf(silhouette)))
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true })
    assert.deepEqual([info.width, info.height], [800, 800])
    const own = Array.from({ length: 640_000 }, (_, at) => data.readUIntBE(at * 3, 3))
    assert.ok(own.filter((pixel) => pixel === 0x2c3e5c).length > 2000, silhouette)
  }
})

test('views of one thing differ, and each is always the same', () => {
  const views = (['front', 'turned', 'close', 'pair'] as const).map((view) =>
    pictureOf('mug', view),
  )

  assert.equal(new Set(views).size, 4)
  assert.equal(pictureOf('mug', 'pair'), views[3])
})

test('every image of the shop can be drawn', () => {
  const shop = demoShop({ until: new Date('2026-11-01T00:00:00Z'), products: 300 })
  for (const product of shop.products()) {
    for (const index of product.images.keys()) {
      assert.match(drawImage(product, index), /^<svg .*<\/svg>$/)
    }
  }
})

test('an image that is not there is refused', () => {
  assert.throws(() => drawImage({ images: [] }, 0), RangeError)
  assert.throws(() => pictureOf('unicorn'), RangeError)
})
