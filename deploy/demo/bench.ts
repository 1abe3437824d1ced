import { demoShop } from './demo-shop.ts'

/**
 * How fast the streams are, and that they keep nothing: `node --expose-gc deploy/demo/bench.ts
 * 100000` reads them to the end and tells rows a second and the memory in use at each tenth. A
 * stream's name after the number reads that one alone.
 */
const products = Number(process.argv[2] ?? 100_000)
const shop = demoShop({ until: new Date('2026-11-01T00:00:00Z'), products })

for (const [name, stream, about] of [
  ['products', shop.products, products],
  ['stock', shop.stock, products * 11],
  ['customers', shop.customers, shop.options.customers],
  ['orders', shop.orders, shop.options.orders],
] as const) {
  if (!process.argv[3] || process.argv[3] === name) tell(name, measured(stream(), about))
}

interface Measured {
  readonly rows: number
  readonly seconds: number
  /** Of the processor, which on a busy machine is less. */
  readonly busy: number
  /** Of the heap, at each tenth. */
  readonly megabytes: readonly number[]
}

function measured(stream: Iterable<unknown>, about: number): Measured {
  const began = performance.now()
  const used = process.cpuUsage()
  const megabytes: number[] = []
  let rows = 0
  for (const _ of stream) {
    rows += 1
    if (rows % Math.ceil(about / 10) === 0) megabytes.push(heap())
  }
  return { rows, seconds: (performance.now() - began) / 1000, busy: busySince(used), megabytes }
}

function busySince(used: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(used)
  return (user + system) / 1e6
}

function heap(): number {
  globalThis.gc?.()
  return Math.round(process.memoryUsage().heapUsed / 1e6)
}

function tell(name: string, { rows, seconds, busy, megabytes }: Measured): void {
  const speed = `${Math.round(rows / seconds)} rows/s`
  const peak = `${Math.round(process.resourceUsage().maxRSS / 1000)} MB at the highest`
  process.stdout.write(
    `${name}: ${rows} in ${seconds.toFixed(1)} s, ${speed}, ${Math.round(rows / busy)} a second of processor, ${peak}\n`,
  )
  process.stdout.write(`  heap in MB: ${megabytes.join(' ')}\n`)
}
