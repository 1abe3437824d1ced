import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { systemClock } from '@shop/kit/clock'
import { linksOf } from '@shop/kit/file-links'
import { keyring, keysFrom } from '@shop/kit/keys'

const secret = 'a secret of more than 32 characters'
const given = JSON.stringify(keyring(keysFrom(secret), ['files']))

for (const keys of [{ SHOPGRAPH_SECRET: secret }, { SHOPGRAPH_KEYS: given }]) {
  test(`alone with ${Object.keys(keys)}, it takes an upload, gives it back, and closes when told to`, async (t) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'files-'))
    t.after(() => rm(folder, { recursive: true }))
    const env = { FILES_FOLDER: folder, FILES_PORT: '0', ...keys }
    const child = spawn(process.execPath, [path.join(import.meta.dirname, 'index.ts')], { env })
    t.after(() => child.kill())
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
    const { message } = JSON.parse((await lines.next()).value ?? '')
    const at = `http://127.0.0.1:${/"port":(\d+)/.exec(message)?.[1]}`
    const links = linksOf(keysFrom(secret)('files'), systemClock)
    const asked = { key: 'imports/a.csv', ttlMs: 60_000 }
    const upload = at + links.uploading({ ...asked, type: 'text/csv', mostBytes: 10 })
    const headers = { 'content-type': 'text/csv' }

    const put = await fetch(upload, { method: 'PUT', body: 'a,b', headers })
    const read = await fetch(at + links.reading(asked))

    assert.deepEqual([put.status, read.status, await read.text()], [201, 200, 'a,b'])
    await put.text()
    child.kill('SIGTERM')
    assert.deepEqual(await once(child, 'exit'), [0, null])
  })
}

test('without a secret it does not start, and says what it lacks', async () => {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'index.ts')], { env: {} })
  const errors: string[] = []
  child.stderr.setEncoding('utf8').on('data', (text) => errors.push(text))

  const [code] = await once(child, 'close')

  assert.equal(code, 1)
  assert.match(errors.join(''), /SHOPGRAPH_SECRET/)
})
