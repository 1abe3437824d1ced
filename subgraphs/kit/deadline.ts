import { AsyncLocalStorage } from 'node:async_hooks'
import { DeadlineExceeded } from './errors.ts'

const current = new AsyncLocalStorage<number>()

/** Does the work, and what it calls, until this moment (milliseconds of the epoch). */
export async function until<T>(deadline: number | undefined, work: () => Promise<T>): Promise<T> {
  if (deadline === undefined) return work()
  const late = Promise.withResolvers<never>()
  const refuse = () => late.reject(new DeadlineExceeded('This took too long.'))
  const timer = setTimeout(refuse, Math.max(0, deadline - Date.now()))
  try {
    return await Promise.race([current.run(deadline, work), late.promise])
  } finally {
    clearTimeout(timer)
  }
}

/** What is left of the request's time, at least a millisecond; undefined where nothing was set. */
export function remainingMs(): number | undefined {
  const deadline = current.getStore()
  return deadline === undefined ? undefined : Math.max(1, Math.ceil(deadline - Date.now()))
}
