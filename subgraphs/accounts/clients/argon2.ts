import { createHmac, timingSafeEqual } from 'node:crypto'
import { hash } from '@node-rs/argon2'
import { Unavailable } from '@shop/kit/errors'

interface Settings {
  /** Argon2id at OWASP's first setting: 19 MiB, two passes, one lane. */
  readonly memoryKiB: number
  readonly passes: number
  /** At once; each holds its memory and one of libuv's four threads. */
  readonly atOnce: number
  /** That wait; more are sent away at once, so that a flood costs no one else their answer. */
  readonly waiting: number
  /** Makes salts that cannot be known before the tables are. */
  readonly saltKey: Buffer
}

/**
 * Argon2id (RFC 9106). The salt is made from the address, so the accounts that claim one address
 * share it, and one computation tells whose password this is: for no account, one or many the work
 * is the same. A salt need only differ between people and be unknown before, and this does both.
 */
export class Argon2 {
  readonly #settings: Settings
  readonly #queue: (() => void)[] = []
  #running = 0
  /** How many were computed, for a test of equal work. */
  computed = 0

  constructor(settings: Settings) {
    this.#settings = settings
  }

  hash(email: string, password: string): Promise<string> {
    const { memoryKiB, passes } = this.#settings
    const salt = createHmac('sha256', this.#settings.saltKey).update(email).digest().subarray(0, 16)
    return this.#hashed(password, { memoryKiB, passes, salt })
  }

  /** As this hash was made: of the same password the same text. */
  like(passwordHash: string, password: string): Promise<string> {
    return this.#hashed(password, readHead(headOf(passwordHash)))
  }

  async matching<C extends { readonly passwordHash: string }>(
    email: string,
    password: string,
    candidates: readonly C[],
  ): Promise<C[]> {
    const bySalt = Map.groupBy(candidates, ({ passwordHash }) => headOf(passwordHash))
    if (bySalt.size === 0) await this.hash(email, password)
    const found = await Promise.all(
      [...bySalt].map(async ([head, sharing]) => {
        const given = await this.#hashed(password, readHead(head))
        return sharing.filter(({ passwordHash }) => isEqual(given, passwordHash))
      }),
    )
    const matching = new Set(found.flat())
    return candidates.filter((candidate) => matching.has(candidate))
  }

  async #hashed(password: string, { memoryKiB, passes, salt }: Head): Promise<string> {
    await this.#turn()
    try {
      this.computed += 1
      return await hash(password, { memoryCost: memoryKiB, timeCost: passes, parallelism: 1, salt })
    } finally {
      const next = this.#queue.shift()
      if (next) next()
      else this.#running -= 1
    }
  }

  /** Whoever leaves hands its place to the next, so that nobody who comes just then slips in. */
  #turn(): Promise<void> {
    const { atOnce, waiting } = this.#settings
    if (this.#running < atOnce) {
      this.#running += 1
      return Promise.resolve()
    }
    if (this.#queue.length >= waiting) {
      return Promise.reject(new Unavailable('Too many sign in at once; try again.'))
    }
    return new Promise((resolve) => this.#queue.push(resolve))
  }
}

interface Head {
  readonly memoryKiB: number
  readonly passes: number
  readonly salt: Buffer
}

/** `$argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>`, without the last. */
const headOf = (passwordHash: string) => passwordHash.slice(0, passwordHash.lastIndexOf('$'))

function readHead(head: string): Head {
  const [, memory, passes, salt] = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=1\$(.+)$/.exec(head) ?? []
  if (!salt) throw new Error('A password was not hashed by Argon2id.')
  return { memoryKiB: Number(memory), passes: Number(passes), salt: Buffer.from(salt, 'base64') }
}

const isEqual = (a: string, b: string) =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
