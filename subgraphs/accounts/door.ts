import type { Clock } from '@shop/kit/clock'
import type { Database } from '@shop/kit/database'
import { serviceNamed } from '@shop/kit/identity'
import type { Limits } from '@shop/kit/limits'
import type { Request } from '@shop/kit/request'
import type { AccessTokens } from './clients/access-tokens.ts'
import type { Argon2 } from './clients/argon2.ts'
import { People } from './db/people.ts'
import { refreshMs } from './db/refresh-tokens.ts'
import type { Tables } from './db/schema.ts'
import { Sessions } from './db/sessions.ts'
import { type AuthPayload, grant } from './domain/grant.ts'
import type { Whence } from './domain/guessing.ts'
import { refresh } from './domain/refresh.ts'
import { register } from './domain/register.ts'
import { type SignedIn, signIn } from './domain/sign-in.ts'

export interface Opened {
  readonly db: Database<Tables>
  readonly clock: Clock
  readonly limits: Limits
  readonly passwords: Argon2
  readonly tokens: AccessTokens
  readonly settleMs: number
}

export const accounts = serviceNamed('accounts')

export const whenceOf = ({ address, identity }: Request): Whence => ({
  address,
  guestId: identity.guestId,
})

interface Credentials {
  readonly email: string
  readonly password: string
  readonly device?: string | null | undefined
  readonly cookie?: boolean | undefined
}

interface Joining extends Credentials {
  readonly givenName?: string | null | undefined
  readonly familyName?: string | null | undefined
}

interface Returning {
  readonly refreshToken?: string | null | undefined
}

/** Where people come in and go out. Whoever knocks is nobody yet, so accounts itself looks and writes. */
export interface Door {
  login(input: Credentials): Promise<AuthPayload>
  register(input: Joining): Promise<AuthPayload>
  refresh(input: Returning): Promise<AuthPayload>
  logout(input: Returning): Promise<{ at: Date }>
}

export function doorOn(opened: Opened) {
  const people = new People(opened.db, accounts, opened.clock)
  const sessions = new Sessions(opened.db, accounts, opened.clock)
  const needs = { ...opened, people, sessions }

  return (request: Request): Door => {
    const { clock } = opened
    const whence = whenceOf(request)

    async function granted(signedIn: SignedIn, inCookie: boolean): Promise<AuthPayload> {
      const payload = await grant(needs, signedIn)
      if (!inCookie) return payload
      const value = payload.refreshToken
      request.setCookie({ name: 'refresh', value, maxAgeSeconds: refreshMs / 1000 })
      return { ...payload, refreshToken: null }
    }

    /** Comes in: what was known of the shop session before, to whoever, is then worth nothing. */
    async function entered(signedIn: SignedIn, inCookie: boolean): Promise<AuthPayload> {
      const payload = await granted(signedIn, inCookie)
      request.setCookie({ name: 'guest', value: 'anew', maxAgeSeconds: 0 })
      return payload
    }

    return {
      async login({ cookie = false, device = null, ...credentials }) {
        return entered(await signIn(needs, { ...credentials, device, whence }), cookie)
      },
      async register({
        cookie = false,
        device = null,
        givenName = null,
        familyName = null,
        ...rest
      }) {
        const asked = { ...rest, device: device?.slice(0, 100) ?? null, givenName, familyName }
        return entered(await register(needs, { ...asked, whence }), cookie)
      },
      async refresh({ refreshToken }) {
        const token = refreshToken ?? request.cookies.refresh ?? ''
        const arrival = { token, arrivedAt: clock.now(), whence }
        const withFamily: Sessions['withFamily'] = (work) => sessions.withFamily(work)
        return granted(await refresh({ ...needs, withFamily }, arrival), !refreshToken)
      },
      async logout({ refreshToken }) {
        const token = refreshToken ?? request.cookies.refresh
        if (token) await sessions.endOfToken(token)
        if (request.identity.sessionId) await sessions.end(request.identity.sessionId)
        if (request.cookies.refresh) {
          request.setCookie({ name: 'refresh', value: '', maxAgeSeconds: 0 })
        }
        return { at: clock.now() }
      },
    }
  }
}
