import { once } from 'node:events'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { Server as TcpServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** Loopback unless it is told otherwise: in a container the network's own rules stand around it. */
export interface Address {
  readonly host: string
  readonly port: number
}

/**
 * Listens; on disposal it takes no new connection, answers what comes on those that are there for
 * `drainMs` more, each for the last time, and finishes what it took within nine seconds.
 */
export async function listening(
  server: Server,
  { host, port }: Address,
  drainMs = 0,
): Promise<AsyncDisposable> {
  const connections = retiring(server)
  server.listen(port, host)
  await once(server, 'listening')
  return {
    async [Symbol.asyncDispose]() {
      connections.retire()
      const closed = once(server, 'close')
      // The port alone: http's own close breaks connections under whoever is about to ask on them.
      TcpServer.prototype.close.call(server)
      if (drainMs > 0) await sleep(drainMs)
      server.close()
      const timer = setTimeout(() => server.closeAllConnections(), 9000 - drainMs)
      await closed
      clearTimeout(timer)
    },
  }
}

/** Says with each answer that it is the connection's last, once it is told to. */
function retiring(server: Server) {
  const open = new Set<ServerResponse>()
  let isOver = false
  server.prependListener('request', (_: IncomingMessage, response: ServerResponse) => {
    response.shouldKeepAlive &&= !isOver
    open.add(response)
    response.once('close', () => open.delete(response))
  })
  return {
    retire(): void {
      isOver = true
      for (const response of open) if (!response.headersSent) response.shouldKeepAlive = false
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
