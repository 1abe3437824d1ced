import type { Asked } from './identity.ts'
import type { Cookies } from './signature.ts'

export interface SetCookie {
  readonly name: 'refresh' | 'guest'
  /**
   * Empty takes it away. Of `guest`, the shop session, the gateway writes the value itself: any but
   * the empty one asks for the session to be issued anew.
   */
  readonly value: string
  readonly maxAgeSeconds: number
}

export interface Request extends Asked {
  /** `guest` is the id of whose guest's cart and orders may still be taken over or read. */
  readonly cookies: Cookies
  /** The client's, as the gateway saw it: what guesses are counted by. */
  readonly address?: string | undefined
  /** Aborted when whoever asked has gone. */
  readonly signal?: AbortSignal | undefined
  /** Honoured from accounts and orders alone. */
  setCookie(cookie: SetCookie): void
}
