import assert from 'node:assert/strict'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { fieldsOf, halfOf, keepOne, oneFile, onePlace, send, withForms } from './forms.ts'
import { hostileForms } from './hostile-forms.ts'

test('files of a form are read by the subgraph, and are there no longer than the request', async () => {
  await using shop = await withForms()
  const operations = { query: keepOne, variables: { input: { file: null, files: [null, null] } } }
  const map = {
    a: ['variables.input.file', 'variables.input.files.1'],
    b: ['variables.input.files.0'],
  }

  const told = await send(shop.url, fieldsOf(operations, map, { a: 'one', b: 'x'.repeat(1_000) }))

  assert.deepEqual(told, {
    status: 200,
    code: undefined,
    data: { keep: ['one', 'x'.repeat(1_000), 'one'] },
  })
  assert.deepEqual(await shop.left(), [])
})

test('a hostile form is told what is wrong with it, and leaves nothing', async (t) => {
  await using shop = await withForms()
  for (const [what, fields, code] of hostileForms) {
    await t.test(what, async () => {
      const told = await send(shop.url, fields)

      assert.deepEqual([told.code, told.data], [code, undefined])
      assert.deepEqual(await shop.left(), [])
    })
  }
  assert.equal(shop.executed(), 0)
  assert.equal((await send(shop.url, fieldsOf(oneFile, onePlace, { a: 'still' }))).status, 200)
})

test('a form of somebody else’s page is refused, whatever is in it', async () => {
  await using shop = await withForms()

  const told = await send(shop.url, fieldsOf(oneFile, onePlace, { a: '1' }), {
    cookie: 'shop-session=1',
  } as never)

  assert.deepEqual([told.status, told.code, shop.executed()], [403, 'FORGED', 0])
})

test('a client that is gone in the middle of its file leaves nothing', async () => {
  await using shop = await withForms()
  const { socket, head, body } = halfOf(shop.url)
  socket.write(`${head}content-length: 1900\r\n\r\n${body}`)
  while ((await shop.left()).length === 0) await new Promise(setImmediate)

  socket.destroy()

  while ((await shop.left()).length > 0) await new Promise(setImmediate)
  assert.equal(shop.executed(), 0)
})

test('a client that is slow is not waited for', async () => {
  await using shop = await withForms({ slow: { headMs: 50, wholeMs: 300 } })
  const { socket, head, body } = halfOf(shop.url)
  socket.write(`${head}content-length: 1900\r\n\r\n${body}`)

  const told = await text(socket)

  assert.match(told, /^(HTTP\/1\.1 408 |$)/)
  assert.deepEqual([await shop.left(), shop.executed()], [[], 0])
})

for (const [what, boundary] of [
  ['has another boundary than it says', 'c'],
  ['ends before its last boundary', 'b'],
  ['has no boundary', ''],
] as const) {
  test(`a form that ${what} is told so, and leaves nothing`, async () => {
    await using shop = await withForms()
    const { socket, head, body } = halfOf(shop.url, boundary)

    const length = Buffer.byteLength(body)
    socket.write(`${head}connection: close\r\ncontent-length: ${length}\r\n\r\n${body}`)

    assert.match(await text(socket), /"code":"BAD_REQUEST"/)
    assert.deepEqual([await shop.left(), shop.executed()], [[], 0])
  })
}

test('so many forms at once, and no more', async () => {
  await using shop = await withForms()
  const open = [1, 2].map(() => halfOf(shop.url))
  for (const { socket, head, body } of open) {
    socket.write(`${head}content-length: 1900\r\n\r\n${body}`)
  }
  while ((await shop.left()).length < 2) await new Promise(setImmediate)

  const third = await send(shop.url, fieldsOf(oneFile, onePlace, { a: '1' }))
  for (const { socket } of open) socket.destroy()
  while ((await shop.left()).length > 0) await new Promise(setImmediate)
  const fourth = await send(shop.url, fieldsOf(oneFile, onePlace, { a: '1' }))

  assert.deepEqual([third.status, third.code, fourth.status], [503, 'OVERLOADED', 200])
})
