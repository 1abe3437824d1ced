import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { parseArgs } from 'node:util'
import { routerProcess } from './live/child.ts'

/** `npm run bench -- sockets --count N`: idle subscribers, what each takes, and one event to all. */
const { values } = parseArgs({ options: { count: { type: 'string', default: '10000' } } })
const count = Number(values.count)

const frame = (said: object) => {
  const text = Buffer.from(JSON.stringify(said))
  const length =
    text.length < 126 ? [128 | text.length] : [254, text.length >> 8, text.length & 255]
  return Buffer.concat([Buffer.from([129, ...length, 0, 0, 0, 0]), text])
}
const query = 'subscription { moved(id: "p1") { id place price } }'
const opening = Buffer.concat([
  frame({ type: 'connection_init' }),
  frame({ type: 'subscribe', id: '1', payload: { query } }),
])

using router = await routerProcess()
const { port } = new URL(router.url)
const before = await router.told({ kind: 'look' })
const heard = { events: 0, last: 0 }
const sockets: Socket[] = []
const began = performance.now()
// From several addresses of loopback: one has 28,000 ports to call from.
for (let n = 0; n < count; n += 100) {
  const batch = Array.from({ length: Math.min(100, count - n) }, () => subscriber(n))
  sockets.push(...(await Promise.all(batch)))
}
let after = await router.told({ kind: 'look' })
while (after.streams < count) after = await router.told({ kind: 'look' })
const openedMs = performance.now() - began

const rounds: number[] = []
for (let round = 0; round < 5; round++) rounds.push(await eventToAll(round))
const spent = await router.told({ kind: 'look' })

const each = ((after.megabytes - before.megabytes) * 1024) / count
process.stdout.write(
  `${count} subscribers open after ${Math.round(openedMs)} ms: ${each.toFixed(1)} KB each ` +
    `(${before.megabytes.toFixed(0)} MB before, ${after.megabytes.toFixed(0)} MB after)\n` +
    `One event to all, five times: ${rounds.map((ms) => `${Math.round(ms)} ms`).join(', ')}; ` +
    `${((spent.cpuMs - after.cpuMs) / 5).toFixed(0)} ms of the router's CPU each\n`,
)
for (const socket of sockets) socket.destroy()

async function subscriber(n: number): Promise<Socket> {
  const localAddress = `127.0.0.${2 + Math.floor(n / 20_000)}`
  const socket = connect({ port: Number(port), host: '127.0.0.1', localAddress })
  const head = [
    'GET /graphql HTTP/1.1',
    `host: 127.0.0.1:${port}`,
    'upgrade: websocket',
    'connection: upgrade',
    'sec-websocket-version: 13',
    'sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==',
    'sec-websocket-protocol: graphql-transport-ws',
  ]
  socket.write(`${head.join('\r\n')}\r\n\r\n`)
  await once(socket, 'data')
  socket.write(opening)
  await once(socket, 'data')
  socket.on('data', (chunk: Buffer) => {
    if (!chunk.includes('"next"')) return
    heard.events++
    heard.last = performance.now()
  })
  return socket
}

async function eventToAll(round: number): Promise<number> {
  heard.events = 0
  const start = performance.now()
  await router.told({ kind: 'publish', place: `place ${round}` })
  while (heard.events < count) await new Promise((resolve) => setTimeout(resolve, 5))
  return heard.last - start
}
