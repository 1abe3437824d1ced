import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { Pool } from 'undici'
import { listening } from './listening.ts'

/** Answers after a moment, and counts whom it answered. */
async function busyServer() {
  const answered: string[] = []
  const server = createServer(async (request, response) => {
    await sleep(20)
    answered.push(String(request.url))
    response.end('done')
  })
  const open = await listening(server, { host: '127.0.0.1', port: 0 }, 200)
  const { port } = server.address() as AddressInfo
  return { open, answered, pool: new Pool(`http://127.0.0.1:${port}`, { connections: 4 }) }
}

test('whoever keeps asking over kept connections is answered until the port is closed, and is refused after that', async () => {
  const { open, answered, pool } = await busyServer()
  const got: string[] = []
  let isOver = false
  const ask = async (hand: number) => {
    for (let n = 0; !isOver; n += 1) {
      const path = `/${hand}/${n}`
      const reply = await pool.request({ method: 'POST', path, body: 'x' }).then(
        ({ body }) => body.text().then(() => path),
        ({ code }) => String(code),
      )
      got.push(reply)
      if (!reply.startsWith('/')) return
    }
  }
  const asking = [1, 2, 3, 4].map(ask)
  await sleep(100)
  const began = performance.now()

  await open[Symbol.asyncDispose]()
  const tookMs = performance.now() - began
  isOver = true
  await Promise.all(asking)
  await pool.destroy()

  const faults = new Set(got.filter((reply) => !reply.startsWith('/')))
  assert.deepEqual([...faults], ['ECONNREFUSED'])
  assert.deepEqual(got.filter((reply) => reply.startsWith('/')).toSorted(), answered.toSorted())
  assert.ok(tookMs < 1000, `it took ${tookMs} ms`)
})
