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
  /** Aborted when whoever asked has gone. */
  readonly signal?: AbortSignal | undefined
  /** Honoured from accounts and orders alone. */
  setCookie(cookie: SetCookie): void
}
