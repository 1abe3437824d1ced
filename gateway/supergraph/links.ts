import type { SubgraphLink } from '../execute/link.ts'

export type OpenLink = (service: string, url: string) => SubgraphLink

export interface Taken {
  readonly link: SubgraphLink
  /** The last to leave closes it. */
  leave(): Promise<void>
}

/** Links to subgraphs, by name and address, for as long as a supergraph in use names them. */
export class Links {
  readonly #open: OpenLink
  readonly #taken = new Map<string, { readonly link: SubgraphLink; users: number }>()

  constructor(open: OpenLink) {
    this.#open = open
  }

  readonly take = (service: string, url: string): Taken => {
    const key = `${service} ${url}`
    const known = this.#taken.get(key) ?? { link: this.#open(service, url), users: 0 }
    this.#taken.set(key, known)
    known.users++
    return {
      link: known.link,
      leave: async () => {
        known.users--
        if (known.users > 0) return
        this.#taken.delete(key)
        await known.link.close()
      },
    }
  }
}
