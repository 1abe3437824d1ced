import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { recorderAt } from './recorder.ts'

test('what came, what was refused and what never came are all written down, and no password', async (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'recorded-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const answers = [
    { status: 200, body: '{"data":{"a":1}}' },
    { status: 503, body: '{"errors":[{"message":"x","extensions":{"code":"UNAVAILABLE"}}]}' },
  ]
  const server = createServer((_, response) => {
    const next = answers.shift()
    if (!next) return response.destroy()
    return response.writeHead(next.status).end(next.body)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close())
  const file = path.join(folder, 'calls.jsonl')
  const recorder = recorderAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, file)
  const ask = recorder.clientNamed('ada')

  for (const id of [1, 2, 3])
    await ask({ name: 'A', query: 'query A { a }', variables: { id, password: 'open sesame' } })

  const replies = recorder.calls.map(({ reply }) => reply)
  assert.deepEqual(replies, [
    { status: 200, data: { a: 1 }, codes: [] },
    { status: 503, data: null, codes: ['UNAVAILABLE'] },
    null,
  ])
  const lines = readFileSync(file, 'utf8').trim().split('\n')
  assert.deepEqual(
    lines.map((line) => JSON.parse(line).variables),
    [1, 2, 3].map((id) => ({ id, password: '[redacted]' })),
  )
  assert.match(recorder.calls[2]?.fault ?? '', /fetch failed/)
})
