import { createHmac, timingSafeEqual } from 'node:crypto'
import { isId, newId } from '@shop/kit/ids'

/** Shop sessions: who owns a guest's cart, as a text that only we could have written. */
export interface Sessions {
  issue(): { readonly guestId: string; readonly text: string }
  /** The guest's id, or undefined for what was not issued here. */
  read(text: string): string | undefined
}

export function sessionsBy(key: Buffer): Sessions {
  const mac = (guestId: string) => createHmac('sha256', key).update(guestId).digest('base64url')
  return {
    issue() {
      const guestId = newId()
      return { guestId, text: `${guestId}.${mac(guestId)}` }
    },
    read(text) {
      const [guestId = '', given = ''] = text.split('.')
      if (!isId(guestId)) return undefined
      const wanted = Buffer.from(mac(guestId))
      const seen = Buffer.from(given)
      return seen.length === wanted.length && timingSafeEqual(seen, wanted) ? guestId : undefined
    },
  }
}
