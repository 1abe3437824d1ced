import type { Identity } from '@shop/kit/identity'
import { isId } from '@shop/kit/ids'
import { createLocalJWKSet, errors, type JSONWebKeySet, jwtVerify } from 'jose'
import { z } from 'zod'

/** Who asks, and until when that is to be believed, in milliseconds of the epoch. */
export type Believed = Identity & { readonly until?: number }

/** Whom an access token is for; null for one that is not to be believed. */
export type Tokens = (token: string) => Promise<Believed | null>

const claims = z.object({
  exp: z.number(),
  sub: z.string().refine(isId),
  sid: z.string(),
  kind: z.enum(['user', 'staff']),
  scopes: z.array(z.string()).max(64),
})

/** A token is far shorter; a longer one is not even looked at. */
const mostCharacters = 4096
/** A key that nobody knows makes us look again, this often and no more. */
const lookAgainMs = 10_000

/**
 * Checks access tokens by the keys that accounts publishes: EdDSA alone, so that nothing can be
 * signed with a public key as a secret, and for this shop. Keys are fetched when first needed, and
 * again for a key id that is not among them, so a rotation needs no restart.
 */
export function tokensBy(fetchKeys: () => Promise<JSONWebKeySet>, now = Date.now): Tokens {
  let keys: ReturnType<typeof createLocalJWKSet> | null = null
  let lookedAt = 0

  async function look(): Promise<void> {
    lookedAt = now()
    keys = createLocalJWKSet(await fetchKeys())
  }

  async function verified(token: string) {
    if (!keys) await look()
    const check = () =>
      jwtVerify(token, keys as NonNullable<typeof keys>, {
        algorithms: ['EdDSA'],
        issuer: 'shopgraph',
        audience: 'shop',
        clockTolerance: 5,
        requiredClaims: ['exp', 'iat', 'sub'],
        maxTokenAge: '20 minutes',
        currentDate: new Date(now()),
      })
    try {
      return await check()
    } catch (error) {
      const mayBeNew = error instanceof errors.JWKSNoMatchingKey && now() - lookedAt > lookAgainMs
      if (!mayBeNew) throw error
      await look()
      return await check()
    }
  }

  return async (token) => {
    if (token.length > mostCharacters) return null
    try {
      const { payload } = await verified(token)
      const { exp, sub: id, sid: sessionId, kind, scopes } = claims.parse(payload)
      return { kind, id, sessionId, scopes, until: exp * 1000 }
    } catch (error) {
      if (error instanceof errors.JOSEError || error instanceof z.ZodError) return null
      throw error
    }
  }
}
