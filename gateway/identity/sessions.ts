import { createHmac, timingSafeEqual } from 'node:crypto'
import { isId, newId } from '@shop/kit/ids'
import { readyKey } from '@shop/kit/keys'

/** Who a guest is: whose cart it is, while nobody has logged in. */
export interface ShopSession {
  readonly guestId: string
  /** Who the guest was before the session was issued anew: whose cart may still be taken over. */
  readonly former?: string | undefined
}

/** Shop sessions, as a text that only we could have written. */
export interface Sessions {
  /** A new guest, who was another before or nobody. */
  issue(former?: string): { readonly session: ShopSession; readonly text: string }
  /** Undefined for what was not issued here. */
  read(text: string): ShopSession | undefined
}

export function sessionsBy(secret: Buffer): Sessions {
  const key = readyKey(secret)
  const mac = (said: string) => createHmac('sha256', key).update(said).digest('base64url')
  const isOurs = (said: string, given: string) => {
    const wanted = Buffer.from(mac(said))
    const seen = Buffer.from(given)
    return seen.length === wanted.length && timingSafeEqual(seen, wanted)
  }
  return {
    issue(former) {
      const guestId = newId()
      const said = former ? `${guestId}.${former}` : guestId
      return { session: { guestId, former }, text: `${said}.${mac(said)}` }
    },
    read(text) {
      const end = text.lastIndexOf('.')
      const said = text.slice(0, end)
      const [guestId = '', former, more] = said.split('.')
      const isWellFormed = isId(guestId) && (former === undefined || isId(former))
      if (!isWellFormed || more !== undefined) return undefined
      return isOurs(said, text.slice(end + 1)) ? { guestId, former } : undefined
    },
  }
}
