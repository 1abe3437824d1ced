import assert from 'node:assert/strict'
import { test } from 'node:test'
import { randomFrom } from '@shop/kit/learn/random'
import sharp from 'sharp'
import { alterations, altered } from '../judging/altered.ts'
import { drawn } from '../test/drawn.ts'
import { coloursOf } from './colours.ts'
import { decoded, type Picture } from './decode.ts'
import { difference, hashesOf } from './hashes.ts'
import { hexOf, oklabOf } from './oklab.ts'
import { qualityOf } from './quality.ts'

async function pictureOf(bytes: Uint8Array): Promise<Picture> {
  const picture = await decoded(bytes)
  assert.ok(picture.kind === 'Picture')
  return picture
}

const jpeg = () => drawn({ width: 300, height: 200, format: 'jpeg' })

async function moving(): Promise<Buffer> {
  const frame = { width: 32, height: 64, channels: 3 as const, background: '#fff' }
  const frames = await sharp({ create: frame })
    .composite([{ input: await drawn({ width: 32, height: 32 }), top: 32, left: 0 }])
    .raw()
    .toBuffer()
  const raw = { width: 32, height: 64, channels: 3 as const, pageHeight: 32 }
  return await sharp(frames, { raw, animated: true }).gif().toBuffer()
}

const blank = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#fff' } })
    .png()
    .toBuffer()

const broken: Readonly<Record<string, () => Promise<Uint8Array>>> = {
  PICTURE_EMPTY: async () => new Uint8Array(),
  PICTURE_FORMAT: async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
  PICTURE_TOO_SMALL: () => blank(1, 1),
  PICTURE_TOO_MANY_PIXELS: () => blank(10_000, 5_000),
  PICTURE_TOO_MANY_BYTES: async () => new Uint8Array(16 * 2 ** 20).fill(0xff),
  PICTURE_ANIMATED: moving,
  PICTURE_BROKEN: async () => (await jpeg()).subarray(0, 1_500),
}

for (const [code, bytes] of Object.entries(broken)) {
  test(`${code} is said of what it is true of`, async () => {
    const answer = await decoded(await bytes())

    assert.equal(answer.kind === 'PictureRefused' && answer.code, code)
  })
}

test('text, noise and headers without a body are refused, whatever they begin with', async () => {
  const random = randomFrom(4)
  const noise = Uint8Array.from({ length: 5_000 }, () => random.below(256))
  const starts = ['hello', '\xff\xd8\xff', '\x89PNG\r\n\x1a\n', 'GIF89a', 'RIFF0000WEBP', '']

  for (const start of starts) {
    const answer = await decoded(Buffer.concat([Buffer.from(start, 'latin1'), noise]))
    assert.equal(answer.kind, 'PictureRefused', start)
  }
})

test('a large picture becomes a smaller copy, and keeps the size that it was sent with', async () => {
  const picture = await pictureOf(await drawn({ width: 1200, height: 600 }))

  assert.deepEqual([picture.width, picture.height], [512, 256])
  assert.equal(picture.rgb.length, 512 * 256 * 3)
  assert.deepEqual([picture.sent.width, picture.sent.height], [1200, 600])
})

test('OKLab and back is the same colour', () => {
  for (const [r, g, b] of [
    [255, 0, 0],
    [12, 200, 99],
    [0, 0, 0],
    [255, 255, 255],
  ] as const) {
    const hex = [r, g, b].map((byte) => byte.toString(16).padStart(2, '0')).join('')
    assert.equal(hexOf(oklabOf(r, g, b)), `#${hex}`)
  }
  const [lightness, a, b] = oklabOf(255, 0, 0)
  // Ottosson's own figures for the red of sRGB.
  assert.ok(Math.abs(lightness - 0.628) < 1e-3 && Math.abs(a - 0.2249) < 1e-3)
  assert.ok(Math.abs(b - 0.1258) < 1e-3)
})

for (const [colour, name] of [
  ['#c81e28', 'red'],
  ['#2f6fd0', 'blue'],
  ['#101012', 'black'],
] as const) {
  test(`the colour of a disc in ${colour} is ${name}, and not that of its ground`, async () => {
    const [first] = await coloursOf(
      await pictureOf(await drawn({ width: 200, height: 200, colour })),
    )

    assert.equal(first?.name, name)
    assert.ok((first?.share ?? 0) > 0.8)
  })
}

test('a picture of one colour has one colour', async () => {
  const colours = await coloursOf(await pictureOf(await blank(64, 64)))

  assert.deepEqual(colours, [{ hex: '#ffffff', name: 'white', share: 1 }])
})

test('quality names what a seller can mend', async () => {
  const sharpOne = await drawn({ width: 800, height: 800 })
  const blurred = await sharp(sharpOne).blur(12).png().toBuffer()
  const dark = await sharp(sharpOne).linear(0.1, 0).png().toBuffer()
  const small = await drawn({ width: 80, height: 80 })
  const problems = async (bytes: Buffer) => (await qualityOf(await pictureOf(bytes))).problems

  assert.deepEqual(await problems(sharpOne), [])
  assert.ok((await problems(blurred)).includes('BLURRED'))
  assert.ok((await problems(dark)).includes('TOO_DARK'))
  assert.ok((await problems(small)).includes('LOW_RESOLUTION'))
})

test('copies of a picture differ in few bits, and another picture in many', async () => {
  const bytes = await jpeg()
  const random = randomFrom(2)
  const hashes = async (of: Buffer) => hashesOf(await pictureOf(of))
  const own = await hashes(bytes)

  for (const each of alterations) {
    assert.ok(difference(own, await hashes(await altered(bytes, each, random))) < 0.22, each)
  }
  const turned = await hashes(await sharp(bytes).rotate(180).toBuffer())
  assert.ok(difference(own, turned) > 0.25)
})
