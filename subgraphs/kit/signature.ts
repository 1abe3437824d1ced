import { createHmac, hash, randomUUID, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { Identity } from './identity.ts'
import { type Keys, readyKey } from './keys.ts'

/** The two cookies of a call that a subgraph may read; nobody else's. */
export interface Cookies {
  readonly refresh?: string | undefined
  readonly guest?: string | undefined
}

/** What of a call is signed beside its body. */
export interface Signed {
  readonly identity: Identity
  readonly cookies?: Cookies | undefined
  /** Milliseconds of the epoch; the answer is of no use to anybody after it. */
  readonly deadlineMs?: number | undefined
  readonly traceparent?: string | undefined
  /** The client's, as the gateway saw it: what guesses are counted by. */
  readonly address?: string | undefined
}

export interface Envelope {
  /** The subgraph that is called, or `gateway`. */
  readonly audience: string
  /** Whose key signs: of the subgraph that is called, or that asks the gateway. */
  readonly keyOf: string
  readonly body: string
}

export const callHeader = 'shopgraph-call'

const lifetimeSeconds = 30

const keyLabel = (subgraph: string) => `call:${subgraph}:1`

const hashOf = (body: string) => hash('sha256', body, 'base64url')

const macOf = (keys: Keys, subgraph: string, payload: string) =>
  createHmac('sha256', readyKey(keys(keyLabel(subgraph))))
    .update(payload)
    .digest('base64url')

/** The header of a call: `v1.<payload>.<HMAC-SHA256>`, good for thirty seconds and for this body. */
export function signed(said: Signed, { audience, keyOf, body }: Envelope, keys: Keys): string {
  const iat = Math.floor(Date.now() / 1000)
  const claims = {
    aud: audience,
    iat,
    exp: iat + lifetimeSeconds,
    nonce: randomUUID(),
    method: 'POST',
    bodySha256: hashOf(body),
    ...said,
  }
  const payload = Buffer.from(JSON.stringify(claims)).toString('base64url')
  return `v1.${payload}.${macOf(keys, keyOf, payload)}`
}

const identity = z.object({
  kind: z.enum(['anonymous', 'user', 'staff', 'partner', 'service']),
  id: z.string(),
  scopes: z.array(z.string()),
  sessionId: z.string().exactOptional(),
  guestId: z.string().exactOptional(),
  actsFor: z.string().exactOptional(),
})

const claims = z.object({
  aud: z.string(),
  iat: z.number(),
  exp: z.number(),
  nonce: z.string(),
  method: z.literal('POST'),
  bodySha256: z.string(),
  identity,
  cookies: z.object({ refresh: z.string().optional(), guest: z.string().optional() }).optional(),
  deadlineMs: z.number().optional(),
  traceparent: z.string().optional(),
  address: z.string().optional(),
})

export type Claims = z.output<typeof claims>

/**
 * What was signed, or null for what was not signed by that key, for us, for this body, just now.
 * The nonce is the caller's to remember until `exp` and five seconds more.
 */
export function verified(
  header: string,
  { audience, keyOf, body }: Envelope,
  keys: Keys,
): Claims | null {
  const [version, payload, given, more] = header.split('.')
  if (version !== 'v1' || !payload || !given || more !== undefined) return null
  if (!isSame(given, macOf(keys, keyOf, payload))) return null
  const read = claims.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString()))
  if (!read.success) return null
  const { aud, iat, exp, bodySha256 } = read.data
  const now = Date.now() / 1000
  const isNow = now <= exp && iat <= now + 5 && exp - iat <= lifetimeSeconds
  return isNow && aud === audience && isSame(bodySha256, hashOf(body)) ? read.data : null
}

const isSame = (given: string, wanted: string) =>
  wanted.length === given.length && timingSafeEqual(Buffer.from(wanted), Buffer.from(given))

/** Who a call says it is from, unverified: to find the key that it has to be signed with. */
export function claimedService(header: string): string | null {
  const payload = header.split('.')[1] ?? ''
  try {
    const said = claims.parse(JSON.parse(Buffer.from(payload, 'base64url').toString()))
    return said.identity.kind === 'service' ? said.identity.id : null
  } catch {
    return null
  }
}
