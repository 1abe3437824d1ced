import { createRequire } from 'node:module'
import { parentPort } from 'node:worker_threads'
import type { SarimaAsk } from './sarima.ts'

interface Fitted {
  predict(steps: number): [number[], number[]]
  destroy(): void
}
type Arima = new (order: Record<string, unknown>) => { train(values: number[]): Fitted }

const Model = createRequire(import.meta.url)('arima') as Arima

parentPort?.on('message', ({ id, values, horizon, order }: SarimaAsk) => {
  try {
    const fitted = new Model({ ...order, verbose: false, method: 0, optimizer: 6 }).train(values)
    const [ahead] = fitted.predict(horizon)
    fitted.destroy()
    parentPort?.postMessage({ id, ahead })
  } catch {
    // No answer of a number: whoever asked falls back.
    parentPort?.postMessage({ id, ahead: [] })
  }
})
