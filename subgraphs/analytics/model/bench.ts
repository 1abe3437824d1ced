import { randomFrom } from '@shop/kit/learn/random'
import { converting, learnedConversion } from './conversion.ts'
import { learnedCustomers, prospectOf } from './lifetime-value.ts'
import { dayMs, type Purchase, summaries } from './purchases.ts'
import { rfmSegments } from './segments.ts'

/** One answer of each kind, and learning anew, on made customers and visits. */
const random = randomFrom(1)
const nowMs = 365 * dayMs
const purchases: Purchase[] = Array.from({ length: 5000 }, (_, customer) =>
  Array.from({ length: 1 + random.below(12) }, () => ({
    customer: `customer-${customer}`,
    atMs: random.below(365) * dayMs,
    amount: random.below(10_000) / 100,
  })),
).flat()
const visits = Array.from({ length: 5000 }, () => ({
  product: random.below(50),
  pageValue: random.next() * 30,
  exitRate: random.next(),
}))
const bought = visits.map(({ product }) => Number(random.next() < product / 100))

const customers = seconds(() => learnedCustomers(purchases, nowMs))
const conversion = seconds(() => learnedConversion({ visits, bought }, 1))
const rows = summaries(purchases, nowMs)
const report = {
  capability: 'analytics',
  retrainSeconds: {
    'customers, 5,000': customers.took,
    'conversion, 5,000 visits': conversion.took,
  },
  milliseconds: {
    'one customer: churn, purchases, value': timed((at) =>
      prospectOf(customers.made, rows[at % rows.length] as never, 90),
    ),
    'one visit: chance and reasons': timed((at) =>
      converting(conversion.made, visits[at % visits.length] as never),
    ),
    'segments of 5,000': timed(() => rfmSegments(rows), 50),
  },
  residentMegabytes: Math.round(process.memoryUsage.rss() / 2 ** 20),
}
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`)

function seconds<T>(make: () => T): { made: T; took: number } {
  const began = performance.now()
  const made = make()
  return { made, took: Number(((performance.now() - began) / 1000).toFixed(2)) }
}

function timed(run: (at: number) => unknown, times = 1000) {
  const taken = Array.from({ length: times + 20 }, (_, at) => {
    const began = performance.now()
    run(at)
    return performance.now() - began
  })
  const warm = taken.slice(20).sort((a, b) => a - b)
  const at = (share: number) => Number((warm[Math.floor(share * (times - 1))] ?? 0).toFixed(4))
  return { p50: at(0.5), p95: at(0.95) }
}
