import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { registerHooks } from 'node:module'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { telemetryFrom } from './telemetry.ts'

test('HTTP exchanges are counted by status, and timed unless they are streams', async () => {
  await using telemetry = await telemetryFrom({}, 'orders')
  const server = createServer((request, response) => {
    telemetry.served(response)
    const isStream = request.url === '/stream'
    if (isStream) response.setHeader('content-type', 'text/event-stream')
    response.writeHead(request.url === '/away' ? 503 : 200).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo

  for (const path of ['', 'away', 'stream']) await fetch(`http://127.0.0.1:${port}/${path}`)
  server.close()
  server.closeAllConnections()
  await once(server, 'close')

  const { text, contentType } = await telemetry.exposition()
  assert.match(contentType, /^text\/plain; version=0\.0\.4/)
  assert.match(text, /^http_requests_total\{status="200"\} 2$/m)
  assert.match(text, /^http_requests_total\{status="503"\} 1$/m)
  assert.match(text, /^http_request_duration_seconds_bucket\{le="15"\} 2$/m)
  assert.match(text, /^http_request_duration_seconds_count 2$/m)
})

test('what has to be looked up is looked up at each exposition, until nobody watches', async () => {
  await using telemetry = await telemetryFrom({}, 'orders')
  const gauge = telemetry.gauge({ name: 'looks', help: 'Looks.' })
  const watching = telemetry.whenRead(async () => gauge.inc())

  await telemetry.exposition()
  const { text: second } = await telemetry.exposition()
  watching[Symbol.dispose]()
  const { text: third } = await telemetry.exposition()

  assert.match(second, /^looks 2$/m)
  assert.match(third, /^looks 2$/m)
})

test('the process tells of itself: memory, processor, event loop', async () => {
  await using telemetry = await telemetryFrom({}, 'orders')

  const { text } = await telemetry.exposition()

  for (const name of ['process_resident_memory_bytes', 'nodejs_eventloop_lag_p99_seconds']) {
    assert.match(text, new RegExp(`^${name} `, 'm'))
  }
})

test('a metric asked for twice is one, and two processes do not share theirs', async () => {
  await using one = await telemetryFrom({}, 'orders')
  await using other = await telemetryFrom({}, 'orders')
  const shape = { name: 'mails_sent_total', help: 'Mails sent.', labels: ['template'] as const }

  one.counter(shape).inc({ template: 'welcome' })
  one.counter(shape).inc({ template: 'welcome' })
  one.gauge({ name: 'carts_open', help: 'Carts.' }).set(4)

  const { text } = await one.exposition()
  assert.match(text, /^mails_sent_total\{template="welcome"\} 2$/m)
  assert.match(text, /^carts_open 4$/m)
  assert.doesNotMatch((await other.exposition()).text, /mails_sent_total/)
})

test('nothing heavy is loaded when spans have nowhere to go', async () => {
  const loaded: string[] = []
  const hooks = registerHooks({
    resolve: (specifier, about, next) => {
      loaded.push(specifier)
      return next(specifier, about)
    },
  })

  await using _ = await telemetryFrom({}, 'orders')
  const without = loaded.splice(0)
  await using __ = await telemetryFrom(
    { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' },
    'orders',
  )

  hooks.deregister()
  const sdk = '@opentelemetry/sdk-trace'
  assert.deepEqual([without.includes(sdk), loaded.includes(sdk)], [false, true])
})
