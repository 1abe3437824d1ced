import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { type Random, randomFrom } from '@shop/kit/learn/random'

/** From who connects to who listens, or back. */
export type Way = 'up' | 'down'

/** What is wrong with the wire; nothing, when empty. */
export interface Shape {
  readonly delayMs?: number
  /** Up to so much more, by the seed. */
  readonly jitterMs?: number
  /** Kept back until it is healed, as packets that are lost are sent again. */
  readonly held?: readonly Way[]
  /** Swallowed for good; a connection that lost something is reset when it is healed. */
  readonly lost?: readonly Way[]
  /** Who connects is reset, and so is who was connected. */
  readonly isRefused?: boolean
  /** A connection is reset once so many bytes more have gone this way. */
  readonly cut?: { readonly way: Way; readonly afterBytes: number }
}

export interface Shaper extends AsyncDisposable {
  readonly port: number
  /** From now on, for what is connected too. */
  shape(shape: Shape): void
  heal(): void
  /** Every connection, at once. */
  reset(): void
  /** How many are connected. */
  connections(): number
}

interface Target {
  readonly host?: string
  readonly port: number
}

/**
 * A port that leads to another, and does to the bytes on their way what it is told. Where it leads
 * is looked up for each connection: what listens there may not have been started yet.
 */
export async function shaperTo(target: () => Target, seed = 1): Promise<Shaper> {
  const wire = new Wire(randomFrom(seed))
  const server = createServer({ allowHalfOpen: true }, (near) => wire.join(near, target()))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    shape: (shape) => wire.shape(shape),
    heal: () => wire.shape({}),
    reset: () => wire.reset(),
    connections: () => wire.size,
    [Symbol.asyncDispose]: () => closed(server, wire),
  }
}

async function closed(server: Server, wire: Wire): Promise<void> {
  const over = once(server, 'close')
  server.close()
  wire.shape({})
  wire.reset()
  await over
}

interface Pair {
  readonly near: Socket
  readonly far: Socket
  readonly sent: Record<Way, number>
  hasLost: boolean
}

class Wire {
  readonly #pairs = new Set<Pair>()
  readonly #random: Random
  #shape: Shape = {}
  #changed = Promise.withResolvers<void>()

  constructor(random: Random) {
    this.#random = random
  }

  get size(): number {
    return this.#pairs.size
  }

  shape(shape: Shape): void {
    const before = this.#shape
    this.#shape = shape
    for (const pair of this.#pairs) {
      Object.assign(pair.sent, { up: 0, down: 0 })
      if (shape.isRefused || (before.lost && pair.hasLost)) this.#end(pair)
    }
    this.#changed.resolve()
    this.#changed = Promise.withResolvers()
  }

  reset(): void {
    for (const pair of this.#pairs) this.#end(pair)
  }

  join(near: Socket, { host = '127.0.0.1', port }: Target): void {
    if (this.#shape.isRefused) {
      near.on('error', () => {})
      near.resetAndDestroy()
      return
    }
    const far = connect({ host, port, allowHalfOpen: true })
    const pair: Pair = { near, far, sent: { up: 0, down: 0 }, hasLost: false }
    this.#pairs.add(pair)
    for (const socket of [near, far]) {
      socket.setNoDelay(true)
      socket.on('error', () => this.#end(pair))
      socket.on('close', () => this.#pairs.delete(pair))
    }
    // One that breaks ends the pair: nobody is told what did not come.
    for (const way of ['up', 'down'] as const) this.#carry(pair, way).catch(() => this.#end(pair))
  }

  async #carry(pair: Pair, way: Way): Promise<void> {
    const [from, to] = way === 'up' ? [pair.near, pair.far] : [pair.far, pair.near]
    for await (const chunk of from as AsyncIterable<Buffer>) {
      await this.#passable(way)
      if (this.#shape.lost?.includes(way)) {
        pair.hasLost = true
        continue
      }
      const { delayMs = 0, jitterMs = 0 } = this.#shape
      const late = delayMs + (jitterMs && this.#random.below(jitterMs))
      if (late > 0) await setTimeout(late)
      if (!this.#write({ pair, way, to }, chunk)) await once(to, 'drain')
    }
    await this.#passable(way)
    to.end()
  }

  /** False when the other side has to catch up first. */
  #write({ pair, way, to }: { pair: Pair; way: Way; to: Socket }, chunk: Buffer): boolean {
    const { cut } = this.#shape
    const left = cut?.way === way ? cut.afterBytes - pair.sent[way] : Number.POSITIVE_INFINITY
    pair.sent[way] += chunk.length
    if (chunk.length <= left) return to.write(chunk)
    to.write(chunk.subarray(0, left), () => this.#end(pair))
    return true
  }

  #end(pair: Pair): void {
    this.#pairs.delete(pair)
    pair.near.resetAndDestroy()
    pair.far.resetAndDestroy()
  }

  async #passable(way: Way): Promise<void> {
    while (this.#shape.held?.includes(way)) await this.#changed.promise
  }
}
