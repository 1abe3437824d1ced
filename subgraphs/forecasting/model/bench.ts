import { randomFrom } from '@shop/kit/learn/random'
import { openAugurs } from './augurs.ts'
import { weeklySaid } from './demand-methods.ts'
import { chosenEnsemble, combined } from './ensemble.ts'
import { demandForecast, type ForecastModel, weeksOf } from './forecaster.ts'
import { quantileOf } from './methods.ts'
import { Sarima } from './sarima.ts'
import { trainedNetworks } from './weekly-methods.ts'

/** A thousand SKUs of two years by every method, and one SKU at a time as it is served. */
const random = randomFrom(1)
const series = Array.from({ length: 1000 }, () => madeWeeks(104))
await using sarima = new Sarima()

const began = performance.now()
const said = await weeklySaid(series.map(weeksOf), 4, {
  augurs: await openAugurs(),
  sarima,
  seed: 1,
})
const { members } = chosenEnsemble(
  said.map((own, i) => ({ said: own, truths: (series[i] ?? []).slice(-4) })),
)
for (const own of said) combined(own, members)
const thousandSkusSeconds = (performance.now() - began) / 1000

const model: ForecastModel = {
  version: 'bench',
  networks: trainedNetworks(series.slice(0, 50).map(weeksOf), { horizon: 4, seed: 1, draws: 320 }),
  members: [
    'lstm',
    'mean of 8 weeks',
    'median of 8 weeks',
    'simple, limited',
    'theta in logs',
    'tsb, limited',
  ],
  band: { coverage: 0.9, tiers: [0], reach: [[1, 1]] },
}
const times = series.map((units) => {
  const at = performance.now()
  demandForecast(model, weeksOf(units), 4)
  return performance.now() - at
})
const result = {
  capability: 'forecasting',
  thousandSkusSeconds,
  methods: said[0]?.size,
  oneSkuUncachedMs: { p50: quantileOf(times, 0.5), p95: quantileOf(times, 0.95) },
  memoryMb: process.memoryUsage().rss / 2 ** 20,
}
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`)

/** Seasonal sales of a mug that is bought now and then. */
function madeWeeks(length: number): number[] {
  const level = Math.exp(1 + 3 * random.next())
  return Array.from({ length }, (_, week) => {
    const season = 1 + 0.3 * Math.sin((2 * Math.PI * week) / 52)
    return Math.max(0, Math.round(level * season * Math.exp(0.6 * random.normal()) - 2))
  })
}
