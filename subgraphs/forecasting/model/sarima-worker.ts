import { parentPort } from 'node:worker_threads'
import Arima from 'arima'
import type { SarimaAsk } from './sarima.ts'

parentPort?.on('message', ({ id, values, horizon, order }: SarimaAsk) => {
  try {
    const fitted = new Arima({ ...order, verbose: false, method: 0, optimizer: 6 }).train(values)
    const [ahead] = fitted.predict(horizon)
    fitted.destroy()
    parentPort?.postMessage({ id, ahead })
  } catch {
    // No answer of a number: whoever asked falls back.
    parentPort?.postMessage({ id, ahead: [] })
  }
})
