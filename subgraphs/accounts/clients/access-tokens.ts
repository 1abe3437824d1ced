import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import type { Clock } from '@shop/kit/clock'
import type { Keys } from '@shop/kit/keys'
import { errors, exportJWK, jwtVerify, SignJWT } from 'jose'

export interface AccessClaims {
  readonly userId: string
  readonly sessionId: string
  readonly kind: 'user' | 'staff'
  readonly scopes: readonly string[]
  readonly isEmailVerified: boolean
}

interface AccessToken {
  readonly text: string
  readonly expiresAt: Date
}

interface Settings {
  readonly keys: Keys
  readonly clock: Clock
  /** Signs. */
  readonly generation: number
  /** Still published: what they signed is believed until it expires. */
  readonly previous: readonly number[]
}

const issuer = 'shopgraph'
const audience = 'shop'
export const accessTokenMs = 15 * 60_000

/** EdDSA by Ed25519 (RFC 8037). A key is a generation of the shop's secret: rotating stores nothing. */
export class AccessTokens {
  readonly #clock: Clock
  readonly #kid: string
  readonly #signing: KeyObject
  readonly #published: ReadonlyMap<string, KeyObject>

  constructor({ keys, clock, generation, previous }: Settings) {
    this.#clock = clock
    this.#kid = labelOf(generation)
    this.#signing = privateKey(keys(this.#kid))
    this.#published = new Map(
      [generation, ...previous].map((each) => {
        const kid = labelOf(each)
        return [kid, createPublicKey(privateKey(keys(kid)))]
      }),
    )
  }

  async mint({
    userId,
    sessionId,
    kind,
    scopes,
    isEmailVerified,
  }: AccessClaims): Promise<AccessToken> {
    const now = this.#clock.now()
    const expiresAt = new Date(now.getTime() + accessTokenMs)
    const text = await new SignJWT({
      sid: sessionId,
      kind,
      scopes,
      email_verified: isEmailVerified,
    })
      .setProtectedHeader({ alg: 'EdDSA', kid: this.#kid, typ: 'JWT' })
      .setIssuer(issuer)
      .setAudience(audience)
      .setSubject(userId)
      .setIssuedAt(now)
      .setExpirationTime(expiresAt)
      .sign(this.#signing)
    return { text, expiresAt }
  }

  /** The session and the end of a token that we signed and that is not over; else null. */
  async read(text: string): Promise<{ sessionId: string; expiresAt: Date } | null> {
    if (text.length > 4096) return null
    try {
      const keyOf = ({ kid = '' }) => this.#published.get(kid) ?? refused()
      const { payload } = await jwtVerify(text, keyOf, {
        algorithms: ['EdDSA'],
        issuer,
        audience,
        requiredClaims: ['exp', 'iat', 'sub', 'sid'],
        currentDate: this.#clock.now(),
      })
      return { sessionId: String(payload.sid), expiresAt: new Date(Number(payload.exp) * 1000) }
    } catch (error) {
      if (error instanceof errors.JOSEError) return null
      throw error
    }
  }

  /** RFC 7517, public halves alone. */
  async jwks(): Promise<{ keys: object[] }> {
    const published = [...this.#published].map(async ([kid, key]) => ({
      ...(await exportJWK(key)),
      kid,
      alg: 'EdDSA',
      use: 'sig',
    }))
    return { keys: await Promise.all(published) }
  }
}

const labelOf = (generation: number) => `jwt:${generation}`

const refused = (): never => {
  throw new errors.JWKSNoMatchingKey()
}

/** PKCS#8 of an Ed25519 key (RFC 8410) up to the 32 bytes that are its seed. */
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex')

const privateKey = (seed: Buffer) =>
  createPrivateKey({ key: Buffer.concat([pkcs8Head, seed]), format: 'der', type: 'pkcs8' })
