import type { Clock } from './clock.ts'

export interface Keeping {
  /** At most a day; 0 is not kept at all. */
  readonly ttlMs: number
  /** What it was made of: `product:<id>`. Purging any of them drops it. */
  readonly tags: readonly string[]
}

export interface Loaded extends Keeping {
  readonly value: string
}

/** What can be made again. Anything of one person has that person in its key. */
export interface Cache {
  get(key: string): Promise<string | undefined>
  /** A value over 1 MiB is not kept. */
  set(key: string, value: string, keeping: Keeping): Promise<void>
  purge(tags: readonly string[]): Promise<void>
  /**
   * What is kept, or what `load` gives, which is then kept. Of a process's many who ask at once one
   * loads; a fault reaches all of them and is not kept, nor is what was purged while it was loading.
   */
  through(key: string, load: () => Promise<Loaded>): Promise<string>
}

const mostValueBytes = 1024 * 1024
const mostTtlMs = 86_400_000

/** How long to keep it, 0 for what is not worth it or too large. */
export const ttlFor = (value: string, { ttlMs }: Keeping): number =>
  Buffer.byteLength(value) > mostValueBytes
    ? 0
    : Math.max(0, Math.min(Math.floor(ttlMs), mostTtlMs))

interface Entry {
  readonly value: string
  readonly tags: readonly string[]
  readonly until: number
  readonly bytes: number
}

/** Within one process: what was not asked for longest goes when `mostBytes` are full. */
export function localCache(clock: Clock, mostBytes = 64 * 1024 * 1024): Cache {
  const entries = new Entries(mostBytes)
  const flights = new Flights()
  /** For each load under way, what was purged since it began. */
  const loading = new Set<Set<string>>()

  const read = (key: string) => {
    const entry = entries.get(key)
    if (!entry || entry.until > clock.now().getTime()) return entry?.value
    entries.drop(key)
    return undefined
  }
  const write = (key: string, value: string, keeping: Keeping) => {
    const ttlMs = ttlFor(value, keeping)
    entries.drop(key)
    if (ttlMs > 0) entries.add(key, { value, ...keeping, until: clock.now().getTime() + ttlMs })
  }
  const loaded = async (key: string, load: () => Promise<Loaded>) => {
    const purged = new Set<string>()
    loading.add(purged)
    try {
      const { value, ...keeping } = await load()
      if (!keeping.tags.some((tag) => purged.has(tag))) write(key, value, keeping)
      return value
    } finally {
      loading.delete(purged)
    }
  }

  return {
    get: async (key) => read(key),
    set: async (key, value, keeping) => write(key, value, keeping),
    async purge(tags) {
      flights.forget()
      for (const tag of tags) {
        entries.purge(tag)
        for (const purged of loading) purged.add(tag)
      }
    },
    through: async (key, load) => read(key) ?? flights.join(key, () => loaded(key, load)),
  }
}

/** Loads under way. */
export class Flights {
  #under = new Map<string, Promise<string>>()

  join(key: string, start: () => Promise<string>): Promise<string> {
    const under = this.#under
    const joined = under.get(key)
    if (joined !== undefined) return joined
    const flight = start().finally(() => {
      if (under.get(key) === flight) under.delete(key)
    })
    under.set(key, flight)
    return flight
  }

  /** Who asks from now on starts anew: what is under way may have read what was purged. */
  forget(): void {
    this.#under = new Map()
  }
}

/** What an entry with one tag takes beside its texts, as measured on Node 24. */
const entryBytes = 400

class Entries {
  readonly #byKey = new Map<string, Entry>()
  readonly #byTag = new Map<string, Set<string>>()
  readonly #mostBytes: number
  #bytes = 0

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes
  }

  get(key: string): Entry | undefined {
    const entry = this.#byKey.get(key)
    if (!entry) return undefined
    this.#byKey.delete(key)
    this.#byKey.set(key, entry)
    return entry
  }

  add(key: string, { value, tags, until }: Omit<Entry, 'bytes'>): void {
    const bytes = entryBytes + Buffer.byteLength(value) + 2 * (key.length + tags.join().length)
    this.#byKey.set(key, { value, tags, until, bytes })
    this.#bytes += bytes
    for (const tag of tags) {
      const keys = this.#byTag.get(tag) ?? new Set()
      this.#byTag.set(tag, keys.add(key))
    }
    for (const oldest of this.#byKey.keys()) {
      if (this.#bytes <= this.#mostBytes) return
      this.drop(oldest)
    }
  }

  drop(key: string): void {
    const entry = this.#byKey.get(key)
    if (!entry) return
    this.#byKey.delete(key)
    this.#bytes -= entry.bytes
    for (const tag of entry.tags) {
      const keys = this.#byTag.get(tag)
      keys?.delete(key)
      if (keys?.size === 0) this.#byTag.delete(tag)
    }
  }

  purge(tag: string): void {
    for (const key of [...(this.#byTag.get(tag) ?? [])]) this.drop(key)
  }
}
