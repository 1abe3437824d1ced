import { once } from 'node:events'
import type { Server, ServerResponse } from 'node:http'

/** Loopback unless it is told otherwise: in a container the network's own rules stand around it. */
export interface Address {
  readonly host: string
  readonly port: number
}

/** What still waits then is cut off: jobs want to be finished too, all of it within ten seconds. */
const mostClosingMs = 7000

/**
 * Listens; on disposal it takes nothing new, and finishes what it took within ten seconds. Whoever
 * keeps a connection open is told with the answer to leave it: what came on it later would be cut off.
 */
export async function listening(server: Server, { host, port }: Address): Promise<AsyncDisposable> {
  const open = new Set<ServerResponse>()
  let isClosing = false
  server.prependListener('request', (_, response: ServerResponse) => {
    open.add(response)
    response.once('close', () => {
      open.delete(response)
      if (isClosing) server.closeIdleConnections()
    })
    if (isClosing) takeLeave(response)
  })
  server.listen(port, host)
  await once(server, 'listening')
  return {
    async [Symbol.asyncDispose]() {
      isClosing = true
      const closed = once(server, 'close')
      server.close()
      server.closeIdleConnections()
      for (const response of open) takeLeave(response)
      const timer = setTimeout(() => server.closeAllConnections(), mostClosingMs)
      await closed
      clearTimeout(timer)
    },
  }
}

/** An answer is the last of its connection; a stream has no end of its own, and breaks off. */
function takeLeave(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('connection', 'close')
  else if (response.getHeader('content-type') === 'text/event-stream') response.destroy()
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
