import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { type HandlerSettings, handle } from './handle.ts'
import { sendPlain } from './reply.ts'
import { type SocketSettings, sockets } from './sockets.ts'

export type Around = (request: IncomingMessage, response: ServerResponse, next: () => void) => void

const plainly: Around = (_, __, next) => next()

export interface ServerSettings {
  readonly host: string
  readonly port: number
  /** Awaited just before it listens: whoever holds the port for it lets it go. */
  readonly letGo?: (() => Promise<void>) | undefined
  readonly path: string
  readonly isReady: () => boolean
  readonly handler: HandlerSettings
  readonly drainMs?: number | undefined
  readonly slow: { readonly headMs: number; readonly wholeMs: number }
  readonly sockets: Omit<SocketSettings, 'path' | 'mostBodyBytes' | keyof HandlerSettings>
  /** Around each exchange: what counts it, and what traces it. */
  readonly around?: Around | undefined
  /** Asked for any other path: true where it answers. */
  readonly elsewhere?: ((request: IncomingMessage, response: ServerResponse) => boolean) | undefined
}

/** An answer that takes longer than this, once we are told to close, is given up. */
const mostClosingMs = 9_000

/**
 * Listens. Closing first tells clients that come to go elsewhere, for `drainMs`, and then takes no
 * more requests, and waits for those that came.
 */
export async function listen(settings: ServerSettings) {
  const { around = plainly, drainMs = 0, slow } = settings
  const exchanges = new Set<ServerResponse>()
  let isClosing = false
  const server = createServer(
    {
      headersTimeout: slow.headMs,
      requestTimeout: slow.wholeMs,
      // Not oftener: a process that was held up looks before it reads, and takes everybody for slow.
      connectionsCheckingInterval: slow.headMs * 3,
      keepAliveTimeout: 65_000,
    },
    (request, response) => {
      exchanges.add(response)
      if (isClosing) response.shouldKeepAlive = false
      response.once('close', () => {
        exchanges.delete(response)
        if (exchanges.size === 0 && !server.listening) server.closeAllConnections()
      })
      const isReady = () => !isClosing && settings.isReady()
      around(request, response, () => route(request, response, { ...settings, isReady }))
    },
  )
  const { handler, path } = settings
  const streams = sockets({ ...handler, ...settings.sockets, path })
  server.on('upgrade', (request, socket, head) => {
    if (isClosing) socket.destroy()
    else streams.upgrade(request, socket, head)
  })
  await settings.letGo?.()
  server.listen(settings.port, settings.host)
  await once(server, 'listening')
  return {
    address: server.address(),
    async [Symbol.asyncDispose]() {
      isClosing = true
      for (const response of exchanges) response.shouldKeepAlive = false
      if (drainMs > 0) await sleep(drainMs)
      streams.close()
      const closed = once(server, 'close')
      server.close()
      if (exchanges.size === 0) server.closeAllConnections()
      else server.closeIdleConnections()
      const clock = setTimeout(() => {
        streams.terminate()
        server.closeAllConnections()
      }, mostClosingMs - drainMs)
      await closed
      clearTimeout(clock)
    },
  }
}

function route(request: IncomingMessage, response: ServerResponse, settings: ServerSettings): void {
  const { path, handler, elsewhere } = settings
  const url = request.url ?? ''
  const end = url.indexOf('?')
  const at = end < 0 ? url : url.slice(0, end)
  if (at === path) handle(request, response, handler).catch(handler.onFault)
  else if (at === '/health/live') sendPlain(response, 200, { status: 'live' })
  else if (at === '/health' || at === '/health/ready') sendReadiness(response, settings)
  else if (!elsewhere?.(request, response)) {
    sendPlain(response, 404, { errors: [{ message: 'There is nothing here.' }] })
  }
}

function sendReadiness(response: ServerResponse, { isReady }: ServerSettings): void {
  if (isReady()) sendPlain(response, 200, { status: 'ready' })
  else sendPlain(response, 503, { status: 'not ready' })
}
