import { fork } from 'node:child_process'
import { once } from 'node:events'
import type { Look, Order } from './router.ts'

/** Starts the router, and waits until it listens. */
export async function routerProcess() {
  const child = fork(new URL('router.ts', import.meta.url), {
    execArgv: ['--expose-gc', '--max-semi-space-size=32'],
  })
  const [url] = (await once(child, 'message')) as [string]
  return {
    url,
    async told(order: Order): Promise<Look> {
      child.send(order)
      const [look] = (await once(child, 'message')) as [Look]
      return look
    },
    [Symbol.dispose]: () => void child.disconnect(),
  }
}
