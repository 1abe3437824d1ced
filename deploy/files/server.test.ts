import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { bytes, csv, minute, noon, served, uploadTo } from './test/world.ts'

test('a public image is for everybody, for ever, and shown in place', async () => {
  await using shop = await served()
  const image = { type: 'image/webp', mostBytes: 100 }
  const key = await shop.files.publish(bytes('an image'), image)

  const { status, headers, body } = await shop.ask(`/${key}`, { headers: { cookie: 'a=b' } })

  const sha256 = createHash('sha256').update('an image').digest('hex')
  assert.equal(key, `public/${sha256}.webp`)
  assert.deepEqual([status, body], [200, 'an image'])
  const named = (name: string) => headers.get(name)
  assert.deepEqual(
    ['cache-control', 'content-type', 'content-disposition', 'content-length', 'etag'].map(named),
    ['public, max-age=31536000, immutable', 'image/webp', 'inline', '8', `"${sha256}"`],
  )
  assert.deepEqual(['x-content-type-options', 'content-security-policy', 'set-cookie'].map(named), [
    'nosniff',
    "sandbox; default-src 'none'",
    null,
  ])
})

test('what is public and no image is only for keeping', async () => {
  await using shop = await served()
  const page = { type: 'text/html', mostBytes: 100 }
  const key = await shop.files.publish(bytes('<script>'), page)

  const { headers } = await shop.ask(`/${key}`)

  assert.equal(headers.get('content-disposition'), 'attachment')
})

test('what one has already is not sent again; a part is a part; HEAD has no body', async () => {
  await using shop = await served()
  const key = await shop.files.publish(bytes('0123456789'), { type: 'image/png', mostBytes: 100 })
  const whole = await shop.ask(`/${key}`)
  const etag = whole.headers.get('etag') ?? ''

  const again = await shop.ask(`/${key}`, { headers: { 'if-none-match': etag } })
  const part = await shop.ask(`/${key}`, { headers: { range: 'bytes=2-4', 'if-range': etag } })
  const other = await shop.ask(`/${key}`, { headers: { range: 'bytes=2-4', 'if-range': '"no"' } })
  const none = await shop.ask(`/${key}`, { headers: { range: 'bytes=10-' } })
  const head = await shop.ask(`/${key}`, { method: 'HEAD' })

  assert.deepEqual([again.status, again.body], [304, ''])
  assert.deepEqual([part.status, part.body], [206, '234'])
  assert.equal(part.headers.get('content-range'), 'bytes 2-4/10')
  assert.deepEqual([other.status, other.body], [200, '0123456789'])
  assert.deepEqual([none.status, none.code], [416, 'BAD_RANGE'])
  assert.equal(none.headers.get('content-range'), 'bytes */10')
  assert.deepEqual([head.status, head.body], [200, ''])
  assert.equal(head.headers.get('content-length'), '10')
})

test('an upload lands where its link says, and is read back by a link only', async () => {
  await using shop = await served()
  const link = shop.links.uploading(uploadTo('imports/1.csv'))

  const put = await shop.upload(link, 'a,b')
  const read = await shop.ask(shop.links.reading({ key: 'imports/1.csv', ttlMs: minute }))
  const bare = await shop.ask('/private/imports/1.csv')
  const asPublic = await shop.ask('/public/imports/1.csv')

  const sha256 = createHash('sha256').update('a,b').digest('hex')
  assert.deepEqual(
    [put.status, JSON.parse(put.body)],
    [201, { key: 'imports/1.csv', bytes: 3, sha256 }],
  )
  assert.deepEqual([read.status, read.body], [200, 'a,b'])
  const named = (name: string) => read.headers.get(name)
  assert.deepEqual(['cache-control', 'content-disposition', 'content-type'].map(named), [
    'private, no-store',
    'attachment',
    'text/csv',
  ])
  assert.deepEqual([bare.code, asPublic.code], ['FORBIDDEN', 'NOT_FOUND'])
})

test('an upload link is good once, for two at once too, and after a restart', async () => {
  await using shop = await served({ seen: async () => false })
  const link = shop.links.uploading(uploadTo('a'))

  const both = await Promise.all([shop.upload(link, 'one'), shop.upload(link, 'two')])
  const later = await shop.upload(link, 'three')

  assert.deepEqual(both.map(({ status }) => status).toSorted(), [201, 409])
  assert.deepEqual([later.status, later.code], [409, 'LINK_USED'])
})

test('a used upload link stays used when its file is gone', async () => {
  await using shop = await served()
  const link = shop.links.uploading(uploadTo('a'))
  await shop.upload(link, 'one')
  await shop.files.delete('a')

  const { code } = await shop.upload(link, 'two')

  assert.equal(code, 'LINK_USED')
  assert.equal(await shop.files.about('a'), undefined)
})

test('a link for an export is read once; looking at it does not use it', async () => {
  await using shop = await served()
  await shop.files.put('export', bytes('mine'), csv)
  const link = shop.links.reading({ key: 'export', ttlMs: minute, isOnce: true })

  const head = await shop.ask(link, { method: 'HEAD' })
  const first = await shop.ask(link)
  const second = await shop.ask(link)

  assert.deepEqual([head.status, first.body, second.code], [200, 'mine', 'LINK_USED'])
})

test('while nobody can say whether a link was used, it is not', async () => {
  await using shop = await served({ seen: async () => 'unavailable' })

  const { status, code, headers } = await shop.upload(shop.links.uploading(uploadTo('a')), 'x')

  assert.deepEqual([status, code, headers.get('retry-after')], [503, 'UNAVAILABLE', '5'])
})

test('a link holds for its method, key, time, type and size, and no other', async () => {
  await using shop = await served()
  await shop.files.put('a', bytes('secret'), csv)
  const reading = shop.links.reading({ key: 'a', ttlMs: minute })
  const uploading = shop.links.uploading(uploadTo('b'))

  const codes = [
    (await shop.ask(reading.replace('/a?', '/b?'))).code,
    (await shop.ask(reading.replace(/expires=\d+/, `expires=${noon + 2 * minute}`))).code,
    (await shop.ask(reading.replace(/mac=./, 'mac='))).code,
    (await shop.upload(reading, 'x')).code,
    (await shop.ask(uploading)).code,
    (await shop.upload(uploading.replace('most=100', 'most=1000'), 'x')).code,
    (await shop.upload(uploading, 'x', 'text/html')).code,
    (await shop.upload(uploading, 'x'.repeat(101))).code,
  ]
  shop.clock.ms += minute
  codes.push((await shop.ask(reading)).code)

  const forbidden = Array.from({ length: 6 }, () => 'FORBIDDEN')
  assert.deepEqual(codes, [...forbidden, 'WRONG_TYPE', 'TOO_LARGE', 'LINK_EXPIRED'])
  assert.equal(await shop.files.about('b'), undefined)
  assert.throws(() => shop.links.reading({ key: 'a', ttlMs: 15 * minute + 1 }), RangeError)
})

test('other methods are refused by name', async () => {
  await using shop = await served()

  const { status, code, headers } = await shop.ask('/public/a', { method: 'DELETE' })

  assert.deepEqual([status, code, headers.get('allow')], [405, 'METHOD_NOT_ALLOWED', 'GET, HEAD'])
})

test('a page of another host may put a file here, and read what a link lets it', async () => {
  await using shop = await served()
  const link = shop.links.uploading(uploadTo('a'))
  const origin = { origin: 'https://shop.example' }

  const may = await shop.ask(link, {
    method: 'OPTIONS',
    headers: { ...origin, 'access-control-request-method': 'PUT' },
  })
  const put = await shop.ask(link, {
    method: 'PUT',
    headers: { ...origin, 'content-type': csv.type },
    body: 'a,b',
  })

  const named = ['access-control-allow-origin', 'access-control-allow-methods']
  assert.deepEqual(
    [may.status, ...named.map((name) => may.headers.get(name))],
    [204, '*', 'GET, HEAD, PUT'],
  )
  assert.deepEqual([put.status, put.headers.get('access-control-allow-origin')], [201, '*'])
  assert.equal(put.headers.get('access-control-allow-credentials'), null)
})
