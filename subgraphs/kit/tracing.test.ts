import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { InMemorySpanExporter } from '@opentelemetry/sdk-trace'
import { following, openTracing, spanned, traceId, traceparent } from './tracing.ts'

const caller = { trace: '4bf92f3577b34da6a3ce929d0e0e4736', span: '00f067aa0ba902b7' }
const header = `00-${caller.trace}-${caller.span}-01`

async function traced() {
  const exporter = new InMemorySpanExporter()
  const tracing = await openTracing({ service: 'orders', exporter })
  return { exporter, [Symbol.asyncDispose]: () => tracing[Symbol.asyncDispose]() }
}

test('a span goes on with the trace of the caller, and hands it on', async () => {
  await using world = await traced()

  const out = await following(header, () => spanned('step', {}, () => traceparent()))

  const [span] = world.exporter.getFinishedSpans()
  assert.equal(out, `00-${caller.trace}-${span?.spanContext().spanId}-01`)
  assert.equal(span?.parentSpanContext?.spanId, caller.span)
  assert.equal(span?.resource.attributes['service.name'], 'orders')
})

test('what is awaited stays in its trace, two at once each in their own', async () => {
  await using world = await traced()
  const walk = (mine: string) =>
    following(mine, () =>
      spanned('outer', {}, async () => {
        await delay(5)
        return spanned('inner', {}, async () => {
          await delay(5)
          return traceId()
        })
      }),
    )

  const ids = await Promise.all([walk(header), walk(header.replaceAll('4bf9', 'aaaa'))])

  assert.deepEqual(ids, [caller.trace, caller.trace.replace('4bf9', 'aaaa')])
  const spans = world.exporter.getFinishedSpans()
  const outer = new Map(spans.map((span) => [span.spanContext().spanId, span.name]))
  const parents = spans
    .filter(({ name }) => name === 'inner')
    .map(({ parentSpanContext }) => outer.get(parentSpanContext?.spanId ?? ''))
  assert.deepEqual(parents, ['outer', 'outer'])
})

test('a fault passes through; the span keeps its kind and none of its words', async () => {
  await using world = await traced()

  await assert.rejects(
    spanned('step', { email: 'ada@example.com', count: 1 }, () => {
      throw new RangeError('ada@example.com')
    }),
    RangeError,
  )

  const [span] = world.exporter.getFinishedSpans()
  assert.deepEqual(span?.attributes, {
    email: '[redacted]',
    count: 1,
    'error.type': 'RangeError',
  })
  assert.deepEqual([span?.status.message, span?.events], ['RangeError', []])
})

test('a caller who does not sample is not sampled', async () => {
  await using world = await traced()

  await following(header.replace(/01$/, '00'), () => spanned('step', {}, () => {}))

  assert.deepEqual(world.exporter.getFinishedSpans(), [])
})

for (const nonsense of [
  '',
  'hello',
  `00-${'0'.repeat(32)}-${caller.span}-01`,
  `ff-${caller.trace}-${caller.span}-01`,
  `${header}-more`,
  header.toUpperCase(),
]) {
  test(`"${nonsense}" begins a new trace`, () => {
    const id = following(nonsense, traceId)

    assert.match(id ?? '', /^[\da-f]{32}$/)
    assert.notEqual(id, caller.trace)
  })
}

test('with nothing to export to, the trace is still handed on', async () => {
  await using _ = await openTracing({ service: 'orders' })

  const out = await following(header, () => spanned('step', {}, () => traceparent()))

  assert.equal(out, header)
})

test('spans reach a collector by OTLP over HTTP, at the latest when tracing is closed', async () => {
  const heard = Promise.withResolvers<{ path: string | undefined; body: unknown }>()
  const collector = createServer((request, response) => {
    json(request).then((body) => heard.resolve({ path: request.url, body }), heard.reject)
    response.end('{}')
  })
  await once(collector.listen(0, '127.0.0.1'), 'listening')
  const { port } = collector.address() as AddressInfo
  {
    await using _ = await openTracing({ service: 'orders', endpoint: `http://127.0.0.1:${port}` })
    await spanned('step', {}, () => {})
  }

  const { path, body } = await heard.promise
  assert.equal(path, '/v1/traces')
  assert.match(JSON.stringify(body), /"name":"step"/)
  collector.close()
})
