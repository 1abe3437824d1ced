import { createHmac, timingSafeEqual } from 'node:crypto'
import { isId } from '@shop/kit/ids'

/** What a mailed link holds: an order's id, as a text that only we could have written. */
export interface OrderLinks {
  issue(orderId: string): string
  /** The order's id, or null for what was not issued here. */
  read(text: string): string | null
}

export function orderLinksBy(key: Buffer): OrderLinks {
  const mac = (orderId: string) => createHmac('sha256', key).update(orderId).digest('base64url')
  return {
    issue: (orderId) => `${orderId}.${mac(orderId)}`,
    read(text) {
      const [orderId = '', given = '', more] = text.split('.')
      if (!isId(orderId) || more !== undefined) return null
      const [wanted, seen] = [Buffer.from(mac(orderId)), Buffer.from(given)]
      return wanted.length === seen.length && timingSafeEqual(wanted, seen) ? orderId : null
    },
  }
}
