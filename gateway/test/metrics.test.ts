import assert from 'node:assert/strict'
import { test } from 'node:test'
import { telemetryFrom } from '@shop/kit/telemetry'
import { LinkFault, type SubgraphLink } from '../execute/link.ts'
import { usualShedding } from '../shed/step.ts'
import { measured } from '../shop/measured.ts'
import { metricsIn } from '../shop/metrics.ts'

test('what was shed, kept and left alone is counted, and what waits is told when it is asked', async () => {
  await using telemetry = await telemetryFrom({}, 'test')
  const shedding = usualShedding()
  using metrics = metricsIn(telemetry, shedding)
  const place = shedding.admission.enter('browse', () => {})
  const sale = shedding.admission.enter('checkout', () => {})

  metrics.onShed('browse')
  metrics.onAnswer('hit')
  metrics.onEntities('miss', 3)
  metrics.onState('stock', 'Query.levels', 'open')
  const { text } = await telemetry.exposition()

  const told = text.split('\n').filter((line) => line.startsWith('gateway_'))
  assert.deepEqual(told, [
    'gateway_shed_total{class="browse"} 1',
    'gateway_cache_looks_total{cache="answer",found="hit"} 1',
    'gateway_cache_looks_total{cache="entity",found="miss"} 3',
    'gateway_breaker_changes_total{subgraph="stock",state="open"} 1',
    'gateway_requests{state="places"} 32',
    'gateway_requests{state="taken"} 1',
    'gateway_requests{state="selling"} 1',
    'gateway_requests{state="account_waiting"} 0',
    'gateway_requests{state="browse_waiting"} 0',
  ])
  for (const leave of [place, sale]) if (typeof leave === 'function') leave()
})

test('each fetch is counted by what came of it, and timed', async () => {
  await using telemetry = await telemetryFrom({}, 'test')
  using metrics = metricsIn(telemetry, usualShedding())
  const comes = [{ data: {} }, { data: null, errors: [{}] }, new LinkFault('late', true)]
  const link = measured(
    {
      ask: async () => {
        const next = comes.shift()
        if (next instanceof Error) throw next
        return next
      },
    } as unknown as SubgraphLink,
    'stock',
    metrics,
  )

  await link.ask({} as never)
  await link.ask({} as never)
  await assert.rejects(link.ask({} as never), LinkFault)
  const { text } = await telemetry.exposition()

  const told = text.split('\n').filter((line) => /^gateway_fetch.*(total|count)/.test(line))
  assert.deepEqual(told, [
    'gateway_fetches_total{subgraph="stock",outcome="data"} 1',
    'gateway_fetches_total{subgraph="stock",outcome="errors"} 1',
    'gateway_fetches_total{subgraph="stock",outcome="late"} 1',
    'gateway_fetch_duration_seconds_count{subgraph="stock"} 3',
  ])
})
