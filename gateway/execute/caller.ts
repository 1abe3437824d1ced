import type { Identity } from '@shop/kit/identity'
import type { SetCookie } from '@shop/kit/request'
import type { Cookies } from '@shop/kit/signature'
import type { Lifetime } from './lifetime.ts'

/** What of a fetch is told to who watches it. */
export interface AskedOf {
  readonly service: string
  readonly document: string
}

/** On whose behalf a subgraph is asked: what a link may tell it of the request, and be told for it. */
export interface Caller {
  readonly lifetime: Lifetime
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly address: string
  /** Who asks; nobody where no step finds out. */
  identity?: Identity
  /** The two of ours that a subgraph may read. */
  cookies?: Cookies
  /** Who asks sees no more than everybody: what is kept for all may be read and written. */
  isShared?: boolean
  /** Fields that are not what their subgraph would say, since it is dead or slow. */
  degraded?: readonly string[]
  /** For the client, from a subgraph that may. */
  setCookies?: readonly SetCookie[]
  /** Told of each fetch as it begins; what it gives back is called at its end. */
  onFetch?: (asked: AskedOf, variables: string) => (isAnswered: boolean) => void
}
