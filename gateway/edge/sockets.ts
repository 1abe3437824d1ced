import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { type Admitting, isHost } from './admit.ts'
import { Connection, type ConnectionSettings } from './connection.ts'
import { isFromHere } from './origin.ts'

export interface SocketSettings extends ConnectionSettings {
  readonly path: string
  readonly admitting: Admitting
  readonly mostBodyBytes: number
}

const protocol = 'graphql-transport-ws'
/** One that has not answered a ping by the next is gone. */
const pingMs = 30_000

/** WebSockets that speak graphql-transport-ws. */
export function sockets(settings: SocketSettings) {
  const open = new Map<WebSocket, { isAlive: boolean }>()
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: settings.mostBodyBytes,
    handleProtocols: () => protocol,
  })
  const pinging = setInterval(() => pingAll(open), pingMs).unref()

  return {
    upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
      socket.on('error', () => socket.destroy())
      const status = refusalOf(request, settings)
      if (status) {
        socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
        return
      }
      server.handleUpgrade(request, socket, head, (client) => {
        const state = { isAlive: true }
        open.set(client, state)
        client.on('pong', () => {
          state.isAlive = true
        })
        client.on('close', () => open.delete(client))
        new Connection(client, request, settings).begin()
      })
    },
    close(): void {
      clearInterval(pinging)
      for (const client of open.keys()) client.close(1001, 'Going away')
    },
    /** Those that did not close when they were asked to. */
    terminate(): void {
      for (const client of open.keys()) client.terminate()
    },
  }
}

function refusalOf(
  request: IncomingMessage,
  { path, admitting: { origins, hosts } }: SocketSettings,
): string | null {
  const offered = String(request.headers['sec-websocket-protocol'] ?? '').split(/, */)
  if (request.url?.split('?')[0] !== path) return '404 Not Found'
  if (!isFromHere(request, origins)) return '403 Forbidden'
  if (!isHost(request.headers.host, hosts)) return '421 Misdirected Request'
  return offered.includes(protocol) ? null : '400 Bad Request'
}

function pingAll(open: ReadonlyMap<WebSocket, { isAlive: boolean }>): void {
  for (const [client, state] of open) {
    if (!state.isAlive) client.terminate()
    else client.ping()
    state.isAlive = false
  }
}
