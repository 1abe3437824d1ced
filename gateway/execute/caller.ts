import type { Identity } from '@shop/kit/identity'
import type { SetCookie } from '@shop/kit/request'
import type { Cookies } from '@shop/kit/signature'
import type { Lifetime } from './lifetime.ts'

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
}
