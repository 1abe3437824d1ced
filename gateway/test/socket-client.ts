import { once } from 'node:events'
import { type ClientOptions, WebSocket } from 'ws'
import type { Data } from '../json.ts'
import type { Router } from '../router.ts'
import { until } from './streams.ts'

export const addressOf = ({ url }: Router) => url.replace('http', 'ws')

// biome-ignore lint/suspicious/noExplicitAny: JSON, as it came.
export type Said = any

/** A socket that speaks for itself. */
export async function spoken(router: Router, options: ClientOptions = {}) {
  const client = new WebSocket(addressOf(router), 'graphql-transport-ws', options)
  const heard: Said[] = []
  client.on('message', (data) => heard.push(JSON.parse(String(data))))
  const closed = once(client, 'close').then(([code]) => code as number)
  await once(client, 'open')
  const say = (said: object | string) =>
    client.send(typeof said === 'string' ? said : JSON.stringify(said))
  return { client, heard, closed, say, [Symbol.dispose]: () => client.terminate() }
}

export async function begun(router: Router, payload: object = {}) {
  const socket = await spoken(router)
  socket.say({ type: 'connection_init', payload })
  await until(() => socket.heard.length > 0)
  socket.heard.length = 0
  return socket
}

export const subscribe = (id: string, asked: Data) => ({ id, type: 'subscribe', payload: asked })
