import { nobody } from '@shop/kit/identity'
import { Refusal } from '../answer/refusal.ts'
import type { RequestRecord, Step } from '../request.ts'
import { cookieIn } from './cookies.ts'
import type { Sessions, ShopSession } from './sessions.ts'
import type { Believed, Tokens } from './tokens.ts'

export interface Knowing {
  readonly tokens: Tokens
  readonly sessions: Sessions
  /** Whether cookies are those of HTTPS. */
  readonly isSecure: boolean
}

/**
 * Finds out who is asking: a bearer token, or nobody; and the shop session of either. A token that
 * is not to be believed is refused, so that no one is taken for a stranger by mistake. Whatever a
 * client says of itself in other headers is never read.
 */
export function identityStep({ tokens, sessions, isSecure }: Knowing): Step {
  return (request) => (request.isAgain ? undefined : identify(request))

  async function identify(request: RequestRecord): Promise<void> {
    const { until, ...who } = await bearerOf(request, tokens)
    if (until) request.until = until
    const cookie = headerOf(request, 'cookie')
    const sent = headerOf(request, 'x-shop-session') ?? cookieIn(cookie, 'guest', isSecure)
    const session = sent ? sessions.read(sent) : undefined
    request.identity = who
    request.cookies = {}
    const refresh = cookieIn(cookie, 'refresh', isSecure)
    if (refresh) request.cookies = { refresh }
    if (session) admit(request, session)
  }
}

/** Who asks is then a guest too. */
export function admit(request: RequestRecord, session: ShopSession): void {
  const { identity = nobody, cookies } = request
  const { guestId, former = guestId } = session
  request.session = session
  // Who has logged in is still known as the guest of before, whose cart is to be taken over.
  request.identity = { ...identity, guestId: identity.kind === 'anonymous' ? guestId : former }
  request.cookies = { ...cookies, guest: former }
}

async function bearerOf(request: RequestRecord, tokens: Tokens): Promise<Believed> {
  const header = headerOf(request, 'authorization')
  if (header === undefined) return nobody
  const [, token] = /^Bearer ([\w.-]+)$/i.exec(header) ?? []
  const who = token ? await tokens(token) : null
  if (who) return who
  throw Refusal.of('UNAUTHENTICATED', 'The access token is not valid, or no longer.', {
    status: 401,
    headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
  })
}

/** One value; a header that was sent twice is no header. */
function headerOf({ headers }: RequestRecord, name: string): string | undefined {
  const value = headers[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}
