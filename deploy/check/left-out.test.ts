import assert from 'node:assert/strict'
import { test } from 'node:test'
import leftOut from './left-out.ts'

test('what was left out is told at the end, each reason once', async () => {
  const said = ['left out: no redis-server', '10 decisions', 'left out: no redis-server']
  async function* events() {
    for (const message of said) yield { type: 'test:diagnostic', data: { message } } as never
  }

  const lines = await Array.fromAsync(leftOut(events()))

  assert.deepEqual(lines, ['\nLeft out:\n  no redis-server\n'])
})
