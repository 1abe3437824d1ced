import { once } from 'node:events'
import type { Server } from 'node:http'

/** Loopback unless it is told otherwise: in a container the network's own rules stand around it. */
export interface Address {
  readonly host: string
  readonly port: number
}

/** Listens; on disposal it takes nothing new, and finishes what it took within ten seconds. */
export async function listening(server: Server, { host, port }: Address): Promise<AsyncDisposable> {
  server.listen(port, host)
  await once(server, 'listening')
  return {
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close')
      server.close()
      server.closeIdleConnections()
      const timer = setTimeout(() => server.closeAllConnections(), 9000)
      await closed
      clearTimeout(timer)
    },
  }
}

/**
 * Resolves when the process is told to end. The listeners stay: npm and a terminal tell it twice,
 * and the second time must not cut off what the first began.
 */
export function toldToEnd(): Promise<void> {
  const told = Promise.withResolvers<void>()
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, () => told.resolve())
  }
  return told.promise
}
