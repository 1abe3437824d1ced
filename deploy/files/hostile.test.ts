import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { served, uploadTo } from './test/world.ts'

/** As a client that cares for nothing would send it, to its last byte. */
async function raw(port: number, request: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.write(request)
  return text(socket)
}

test('an upload that says nothing of its length is stopped at the limit, and leaves nothing', async () => {
  await using shop = await served()
  const link = shop.links.uploading(uploadTo('a'))
  const chunk = `40\r\n${'x'.repeat(64)}\r\n`

  const head = `PUT ${link} HTTP/1.1\r\nhost: f\r\ncontent-type: text/csv\r\ntransfer-encoding: chunked\r\n\r\n`
  const answer = await raw(shop.port, head + chunk.repeat(3))

  assert.match(answer, /^HTTP\/1\.1 413 /)
  assert.match(answer, /"code":"TOO_LARGE"/)
  assert.deepEqual([await shop.files.about('a'), await shop.received()], [undefined, []])
})

test('an upload that breaks off leaves nothing', async () => {
  await using shop = await served()
  const link = shop.links.uploading(uploadTo('a'))
  const socket = connect(shop.port, '127.0.0.1')
  socket.write(
    `PUT ${link} HTTP/1.1\r\nhost: f\r\ncontent-type: text/csv\r\ncontent-length: 50\r\n\r\nhalf`,
  )
  while ((await shop.received()).length === 0) await new Promise(setImmediate)

  socket.destroy()

  while ((await shop.received()).length > 0) await new Promise(setImmediate)
  assert.equal(await shop.files.about('a'), undefined)
})

for (const hostile of [
  '/public/../secret',
  '/public/..%2fsecret',
  '/public/%2e%2e/secret',
  '/public/a/../../secret',
  '/public//etc/passwd',
  '/public/.hidden',
  '/public/a%00',
  '/public/a\\..\\b',
  '/private/public/a',
  '/private/../public/a',
  '/',
  'http://evil/public/a',
]) {
  test(`nothing is found at ${hostile}`, async () => {
    await using shop = await served()

    const answer = await raw(
      shop.port,
      `GET ${hostile} HTTP/1.1\r\nhost: f\r\nconnection: close\r\n\r\n`,
    )

    assert.match(answer, /^HTTP\/1\.1 404 /)
    assert.match(answer, /\r\nX-Content-Type-Options: nosniff\r\n/i)
    assert.match(answer, /\{"code":"NOT_FOUND","message":"There is no such file\."\}/)
  })
}
