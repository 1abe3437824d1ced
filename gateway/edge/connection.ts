import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import { z } from 'zod'
import { Refusal } from '../answer/refusal.ts'
import { refusalOf } from '../answer/step.ts'
import { Lifetime } from '../execute/lifetime.ts'
import { type Carries, type Params, type RequestRecord, recordOf, type Step } from '../request.ts'
import { travel } from '../road.ts'
import type { Generation } from '../supergraph/generation.ts'
import type { AddressOf } from './client-address.ts'
import { sharedFrame } from './frame.ts'
import { paramsOf } from './params.ts'

export interface ConnectionSettings {
  readonly steps: readonly Step[]
  readonly requestMs: number
  readonly opens: Carries['events']
  readonly enter: () => { generation: Generation; leave: () => void }
  readonly onFault: (error: unknown) => void
  readonly addressOf: AddressOf
  /** Of a client that reads slowly; one that is further behind is let go. */
  readonly mostUnreadBytes: number
  /** Operations at once on one connection. */
  readonly mostOperations: number
  /** For the first message. */
  readonly initMs: number
}

type Headers = Readonly<Record<string, string>>

const message = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('connection_init'),
    payload: z.record(z.string(), z.unknown()).nullish(),
  }),
  z.object({ type: z.enum(['ping', 'pong']) }),
  z.object({ type: z.literal('subscribe'), id: z.string().min(1).max(128), payload: z.unknown() }),
  z.object({ type: z.literal('complete'), id: z.string() }),
])

type Message = z.output<typeof message>

/** What a client may say of itself, in the headers of its handshake or in its first message. */
const told = ['authorization', 'cookie', 'x-api-key', 'x-shop-session'] as const

/** Ends that are the whole connection's: a client that comes again asks for the same again. */
const endsOfConnection: Readonly<Record<string, readonly [code: number, reason: string]>> = {
  TOKEN_EXPIRED: [4403, 'Token expired'],
  CLOSING: [1001, 'Going away'],
}

/** One WebSocket, and the operations that are open on it. */
export class Connection {
  readonly #client: WebSocket
  readonly #settings: ConnectionSettings
  readonly #socket: Duplex
  readonly #address: string
  readonly #open = new Map<string, () => unknown>()
  #headers: Headers
  #isAcknowledged = false
  #waiting: NodeJS.Timeout | undefined

  constructor(client: WebSocket, request: IncomingMessage, settings: ConnectionSettings) {
    this.#client = client
    this.#settings = settings
    this.#socket = request.socket
    this.#address = settings.addressOf(request)
    this.#headers = headersIn(request.headers)
  }

  begin(): void {
    const { initMs } = this.#settings
    this.#waiting = setTimeout(() => this.#client.close(4408, 'Initialisation timeout'), initMs)
    this.#client.on('message', (data, isBinary) => this.#hear(isBinary ? '' : String(data)))
    // What is wrong with the wire closes it.
    this.#client.on('error', () => {})
    this.#client.on('close', () => {
      clearTimeout(this.#waiting)
      for (const leave of [...this.#open.values()]) leave()
      this.#open.clear()
    })
  }

  #hear(text: string): void {
    const read = messageIn(text)
    if (!read) this.#client.close(4400, 'Invalid message')
    else if (read.type === 'connection_init') this.#init(read.payload ?? {})
    else if (read.type === 'ping') this.#send({ type: 'pong' })
    else if (read.type === 'complete') this.#complete(read.id)
    else if (read.type === 'subscribe') this.#subscribe(read)
  }

  #init(payload: Readonly<Record<string, unknown>>): void {
    if (this.#isAcknowledged) {
      this.#client.close(4429, 'Too many initialisation requests')
      return
    }
    clearTimeout(this.#waiting)
    this.#waiting = undefined
    this.#isAcknowledged = true
    // A cookie is the browser's to send, and no script's.
    const { cookie } = this.#headers
    this.#headers = { ...this.#headers, ...headersIn(payload), ...(cookie && { cookie }) }
    this.#send({ type: 'connection_ack' })
  }

  #complete(id: string): void {
    this.#open.get(id)?.()
    this.#open.delete(id)
  }

  #subscribe({ id, payload }: Message & { type: 'subscribe' }): void {
    const { mostOperations, onFault } = this.#settings
    if (!this.#isAcknowledged) this.#client.close(4401, 'Unauthorized')
    else if (this.#open.has(id)) {
      this.#client.close(4409, `Subscriber for ${id} already exists`)
    } else if (this.#open.size >= mostOperations) {
      this.#refuse(id, Refusal.of('TOO_MANY_OPERATIONS', 'Too many at once on one connection.'))
    } else {
      this.#run(id, payload).catch((error: unknown) => {
        const refusal = refusalOf(error)
        if (refusal !== error && this.#open.has(id)) onFault(error)
        if (this.#open.delete(id)) this.#refuse(id, refusal)
      })
    }
  }

  async #run(id: string, payload: unknown): Promise<void> {
    const { requestMs, enter, steps } = this.#settings
    const lifetime = new Lifetime(requestMs)
    // A write that has begun is not left half done.
    const isWrite = () => record?.document?.operation.operation === 'mutation'
    let record: RequestRecord | undefined
    this.#open.set(id, () => isWrite() || lifetime.end('abandoned'))
    const params: Params = paramsOf(payload)
    const { generation, leave } = enter()
    const clock = setTimeout(() => lifetime.end('late'), requestMs)
    const carries = { cookies: false, events: this.#settings.opens }
    const arrival = { params, readOnly: false, carries, lifetime, generation }
    record = recordOf({ ...arrival, headers: this.#headers, address: this.#address })
    try {
      await travel(record, steps)
      // It was completed, or the connection closed, meanwhile.
      if (!this.#open.has(id)) return
      if (record.events) this.#follow(id, record.events)
      else {
        this.#next(id, record.answer ?? '{"data":null}')
        this.#finish(id)
      }
    } finally {
      clearTimeout(clock)
      leave()
    }
  }

  #follow(id: string, { listen }: NonNullable<ReturnType<NonNullable<Carries['events']>>>): void {
    this.#open.set(
      id,
      listen({
        next: (answer) => this.#next(id, answer),
        end: (why) => {
          if (!why) return this.#finish(id)
          this.#open.delete(id)
          this.#refuse(id, why)
        },
      }),
    )
  }

  #next(id: string, answer: string): void {
    this.#write(`{"id":${JSON.stringify(id)},"type":"next","payload":${answer}}`)
  }

  #finish(id: string): void {
    if (this.#open.delete(id)) this.#send({ id, type: 'complete' })
  }

  #refuse(id: string, { errors }: Refusal): void {
    const [first] = errors
    const [code, reason] = endsOfConnection[String(first?.extensions.code)] ?? []
    if (code) this.#client.close(code, reason)
    else this.#send({ id, type: 'error', payload: errors })
  }

  #send(said: object): void {
    this.#write(JSON.stringify(said))
  }

  /** Past the client's own sender, which would frame it anew: whole frames may come from either. */
  #write(text: string): void {
    if (this.#client.readyState !== this.#client.OPEN) return
    this.#socket.write(sharedFrame(text))
    // What it has not read is kept for nobody.
    if (this.#socket.writableLength > this.#settings.mostUnreadBytes) this.#client.terminate()
  }
}

function messageIn(text: string): Message | null {
  try {
    return message.parse(JSON.parse(text))
  } catch {
    return null
  }
}

function headersIn(given: Readonly<Record<string, unknown>>): Headers {
  const named = Object.entries(given).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name.toLowerCase(), value] as const] : [],
  )
  const all = new Map(named)
  return Object.fromEntries(
    told.flatMap((name) => (all.has(name) ? [[name, all.get(name) ?? '']] : [])),
  )
}
