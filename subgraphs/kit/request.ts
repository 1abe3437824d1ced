import type { Asked } from './identity.ts'
import type { Cookies } from './signature.ts'

export interface SetCookie {
  readonly name: 'refresh' | 'guest'
  /** Empty takes it away. */
  readonly value: string
  readonly maxAgeSeconds: number
}

export interface Request extends Asked {
  readonly cookies: Cookies
  /** The client's, as the gateway saw it: what guesses are counted by. */
  readonly address?: string | undefined
  /** Aborted when whoever asked has gone. */
  readonly signal?: AbortSignal | undefined
  /** Honoured from accounts and orders alone. */
  setCookie(cookie: SetCookie): void
}
