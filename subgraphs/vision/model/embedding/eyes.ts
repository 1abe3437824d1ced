import { sessionOf } from '@shop/kit/learn/session'
import { Tensor } from 'onnxruntime-node'
import { type Pixels, stretched } from '../picture/decode.ts'
import { fast, type Network, networkBytes, precise } from '../weights/networks.ts'
import { colourHistogram } from './colour-histogram.ts'

type Session = Awaited<ReturnType<typeof sessionOf>>

/** What was seen, and by which path. The vectors of the two are not comparable. */
export interface Glance {
  readonly features: Float32Array
  /** The chances of nsfwjs' classes, in the order of `moderationClasses`. */
  readonly moderation: Float32Array
}

export const moderationClasses = ['drawing', 'hentai', 'neutral', 'porn', 'sexy'] as const

/**
 * The two networks, each opened when it is first asked for and shared from then on. Asking throws
 * BAD_MODEL where the network is not built. It holds up the thread for as long as a network takes.
 */
export class Eyes {
  readonly #folder: string
  readonly #sessions = new Map<Network, Promise<Session>>()

  constructor(folder: string) {
    this.#folder = folder
  }

  /** Averages of MobileNet's last blocks and the colours: some 10 ms. */
  async glance(picture: Pixels): Promise<Glance> {
    const { taps, head } = await this.#run(fast, picture)
    return { features: await withColours(taps, picture), moderation: head }
  }

  /** Averages of Inception's blocks and the colours: some 30 ms. */
  async look(picture: Pixels): Promise<Float32Array> {
    const { taps } = await this.#run(precise, picture)
    return await withColours(taps, picture)
  }

  async #run(network: Network, picture: Pixels) {
    const { side } = network
    const session = await this.#session(network)
    const pixels = new Float32Array(await stretched(picture, [side, side]))
    const found = await session.run({ pixels: new Tensor('float32', pixels, [1, side, side, 3]) })
    return {
      taps: found.taps?.data as Float32Array,
      head: (found.head?.data ?? new Float32Array()) as Float32Array,
    }
  }

  #session(network: Network): Promise<Session> {
    const known = this.#sessions.get(network)
    if (known) return known
    const opened = Promise.resolve().then(() => sessionOf(networkBytes(this.#folder, network)))
    this.#sessions.set(network, opened)
    // Built later, it is found later.
    opened.catch(() => this.#sessions.delete(network))
    return opened
  }
}

/** Roots, because a few places that answer loudly would else decide all. Taps are never below 0. */
async function withColours(taps: Float32Array, picture: Pixels): Promise<Float32Array> {
  const colours = colourHistogram(await stretched(picture, [64, 64]))
  const features = new Float32Array(taps.length + colours.length)
  features.set(taps.map((tap) => Math.sqrt(Math.max(0, tap))))
  features.set(colours, taps.length)
  return features
}
