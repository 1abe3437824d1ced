import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemClock } from '@shop/kit/clock'
import { folderFiles } from '@shop/kit/files'
import { keysFrom } from '@shop/kit/keys'
import sharp from 'sharp'
import type { Drawing } from '../domain/picture.ts'
import { drawnOn } from '../pictures/drawn.ts'
import { BadImage, openStudio, usualLimits } from '../pictures/studio.ts'
import { tile } from '../pictures/tile.ts'
import { act, fieldsOf, withMug } from './acts.ts'
import { catalogOf } from './world.ts'

const blank = { channels: 3, background: '#aa3344' } as const
const png = (width: number, height: number) =>
  sharp({ create: { ...blank, width, height } })
    .png()
    .toBuffer()
const base64 = async (bytes: Promise<Buffer>) => (await bytes).toString('base64')

const images = 'images { id alt isPrimary url(width: 300) }'

test('a picture is encoded anew, published, and told', async () => {
  await using shop = await withMug()
  const input = { productId: shop.mug.id, altText: 'A mug', base64: await base64(png(1000, 500)) }

  const { codes } = await act(shop, 'uploadProductImage', input)
  const again = await act(shop, 'uploadProductImage', input)

  const { images: seen } = await fieldsOf(shop, shop.mug.id, images)
  assert.deepEqual([codes, again.codes, seen.length], [[], [], 1])
  const [, key = ''] = /^http:\/\/files\/(public\/[0-9a-f]{64}\.webp)$/.exec(seen[0].url) ?? []
  const files = await folderFiles(shop.folder, systemClock)
  const stored = Buffer.concat((await (await files.get(key))?.toArray()) ?? [])
  const { format, width, height, exif } = await sharp(stored).metadata()
  assert.deepEqual(
    { format, width, height, exif },
    { format: 'webp', width: 400, height: 200, exif: undefined },
  )
  assert.equal((await shop.told()).filter((name) => name === 'catalog.image-added').length, 1)
})

test('images have an order, and the first is the primary one', async () => {
  await using shop = await withMug()
  const productId = shop.mug.id
  for (const [index, width] of [10, 20, 30].entries()) {
    const picture = { productId, altText: String(index), base64: await base64(png(width, 9)) }
    await act(shop, 'uploadProductImage', {
      ...picture,
      primary: index === 2,
      idempotencyKey: `${index}`,
    })
  }
  const altsOf = async () => {
    const { images: seen } = await fieldsOf(shop, productId, images)
    return seen.map(
      ({ alt, isPrimary }: { alt: string; isPrimary: boolean }) => alt + (isPrimary ? '!' : ''),
    )
  }
  const ids = (await fieldsOf(shop, productId, images)).images.map(({ id }: { id: string }) => id)

  const first = await altsOf()
  await act(shop, 'setPrimaryProductImage', { imageId: ids[2] })
  const second = await altsOf()
  await act(shop, 'reorderProductImages', { productId, imageIds: ids.toReversed() })
  const third = await altsOf()
  const wrong = await act(shop, 'reorderProductImages', {
    productId,
    imageIds: [ids[0], ids[0], ids[1]],
    idempotencyKey: 'wrong',
  })
  await act(shop, 'deleteProductImage', { imageId: ids[2] })

  assert.deepEqual(
    [first, second, third],
    [
      ['2!', '0', '1'],
      ['1!', '2', '0'],
      ['1!', '0', '2'],
    ],
  )
  assert.deepEqual([wrong.codes, await altsOf()], [['BAD_USER_INPUT'], ['0!', '2']])
})

const bad: readonly (readonly [what: string, source: () => Promise<object>])[] = [
  ['text', async () => ({ base64: Buffer.from('no picture').toString('base64') })],
  ['nothing', async () => ({})],
  [
    'an SVG',
    async () => ({
      base64: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>').toString('base64'),
    }),
  ],
  ['a GIF', async () => ({ base64: Buffer.from('GIF89a\x01\x00\x01\x00').toString('base64') })],
  [
    'half a PNG',
    async () => ({ base64: (await png(500, 500)).subarray(0, 400).toString('base64') }),
  ],
  [
    'a PNG by its first bytes alone',
    async () => ({
      base64: Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(99)]).toString(
        'base64',
      ),
    }),
  ],
  ['a bomb of 196 million pixels', async () => ({ base64: await base64(png(14_000, 14_000)) })],
  ['somebody’s export', async () => ({ fileKey: 'exports/orders.csv' })],
  ['a way out', async () => ({ fileKey: 'uploads/../../etc/passwd' })],
]
test('what is no picture is refused, and the next picture is taken', async () => {
  await using shop = await withMug()
  const picture = { productId: shop.mug.id, altText: 'A mug' }

  for (const [what, source] of bad) {
    const answer = await act(shop, 'uploadProductImage', {
      ...picture,
      ...(await source()),
      idempotencyKey: what,
    })
    assert.deepEqual([what, answer.codes, answer.faults], [what, ['BAD_IMAGE'], []])
  }
  const good = await act(shop, 'uploadProductImage', {
    ...picture,
    base64: await base64(png(9, 9)),
  })

  assert.deepEqual(good.codes, [])
  assert.equal((await fieldsOf(shop, shop.mug.id, images)).images.length, 1)
})

for (const [what, limits] of [
  ['time', { ms: 20 }],
  ['memory', { memoryBytes: 30 * 2 ** 20 }],
] as const) {
  test(`a picture that takes too much ${what} ends its own process alone`, async () => {
    await using studio = openStudio({ ...usualLimits, ...limits })

    await assert.rejects(studio.render(await png(3000, 3000), 'png'), BadImage)
  })
}

test('an upload is a link for one file, and its key is taken afterwards', async () => {
  await using shop = await withMug()
  const query = /* GraphQL */ `
    mutation ($input: CreateImageUploadInput!) { createImageUpload(input: $input) { fileKey url expiresAt } }
  `
  const input = {
    idempotencyKey: '1',
    productId: shop.mug.id,
    contentType: 'image/png',
    bytes: 500,
  }
  const { data } = await shop.ask({ as: shop.staff, query, variables: { input } })
  const { fileKey, url, expiresAt } = data.createImageUpload
  const files = await folderFiles(shop.folder, systemClock)
  const body = async function* () {
    yield await png(30, 30)
  }
  await files.put(fileKey, body(), { type: 'image/png', mostBytes: 500 })

  const again = await shop.ask({ as: shop.staff, query, variables: { input } })
  const taken = await act(shop, 'uploadProductImage', {
    productId: shop.mug.id,
    altText: 'A',
    fileKey,
  })

  assert.match(url, /^http:\/\/files\/private\/uploads\/catalog\/.*method=PUT.*mac=/)
  assert.equal(expiresAt, '2026-03-01T12:10:00.000Z')
  assert.deepEqual([again.codes, taken.codes], [['ALREADY_DONE'], []])
})

test('a file that is sent again under another key is the same picture', async () => {
  await using shop = await withMug()
  const files = await folderFiles(shop.folder, systemClock)
  const sent = async (key: string) => {
    const body = async function* () {
      yield await png(30, 30)
    }
    await files.put(key, body(), { type: 'image/png', mostBytes: 500 })
    const input = { productId: shop.mug.id, altText: 'A', idempotencyKey: 'one', file: key }
    return act(shop, 'uploadProductImage', input)
  }

  const [first, again] = [await sent('uploads/request/1'), await sent('uploads/request/2')]
  const both = await act(shop, 'uploadProductImage', {
    productId: shop.mug.id,
    altText: 'A',
    file: 'uploads/request/1',
    fileKey: 'uploads/request/2',
  })

  assert.deepEqual([first.codes, again.codes, both.codes], [[], [], ['BAD_IMAGE']])
  assert.equal((await fieldsOf(shop, shop.mug.id, images)).images.length, 1)
})

test('an image without a file is drawn when it is first asked for, and only so', async () => {
  await using shop = await catalogOf(1)
  await using studio = openStudio()
  const files = await folderFiles(shop.folder, systemClock)
  const drawings: Drawing[] = []
  const draw = (drawing: Drawing) => {
    drawings.push(drawing)
    return undefined
  }
  const drawn = drawnOn({ files, key: keysFrom('test')('files'), studio, draw })
  const { data } = await shop.ask({ query: '{ products { nodes { images { url } } } }' })
  const path = data.products.nodes[0].images[0].url.replace('http://files/', '')

  const [one, two] = await Promise.all([drawn(path), drawn(path)])
  const later = await drawn(path.replace('800.webp', '160.jpeg'))
  const strange = await Promise.all(
    [
      path.replace(/\.[\w-]{22}\//, `.${'x'.repeat(22)}/`),
      path.replace('800', '801'),
      'drawn/',
      '../x',
    ].map(drawn),
  )

  assert.deepEqual(drawings, [{ colour: '#aa3344', silhouette: 'mug' }])
  assert.equal(one, two)
  assert.match(String(later), /^drawn\/[0-9a-f]{40}\/160\.jpeg$/)
  assert.equal((await files.about(String(later)))?.type, 'image/jpeg')
  assert.deepEqual(strange, [undefined, undefined, undefined, undefined])
})

for (const name of [
  '<script>alert(1)</script> & "co"',
  '\ud800\u0007',
  '',
  'x'.repeat(1000),
  '椅子 🪑',
]) {
  test(`a tile is drawn for ${JSON.stringify(name).slice(0, 30)}`, async () => {
    await using studio = openStudio()

    const { width, renditions } = await studio.render(
      Buffer.from(tile({ name, category: name })),
      'svg',
    )

    assert.deepEqual([width, renditions.length], [800, 6])
  })
}
