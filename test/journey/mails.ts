import type { Shop } from '../../deploy/solo/shop.ts'
import { eventually } from './sale.ts'

interface Mail {
  readonly recipients: readonly string[]
  readonly messageId: string
  readonly text: string
}

/** The newest first, as the double took them in. */
async function mailsIn(shop: Shop, to: string): Promise<Mail[]> {
  const place = shop.places.find(([what]) => what === 'Mail, a double')?.[1]
  const mails = (await (await fetch(`${place}/messages.json`)).json()) as Mail[]
  return mails.filter(({ recipients }) => recipients.includes(to))
}

/** The token of the link to this page, of the newest mail that somebody got with one. */
export function mailedToken(shop: Shop, to: string, page: string): Promise<string> {
  const link = new RegExp(`/${page}\\?token=(\\S+)`)
  return eventually(async () => {
    const texts = (await mailsIn(shop, to)).map(({ text }) => text)
    const token = texts.map((text) => link.exec(text)?.[1]).find(Boolean)
    return token !== undefined && decodeURIComponent(token)
  })
}

/** What each of them is, once there are so many. */
export async function mailsTo(shop: Shop, to: string, count: number): Promise<string[]> {
  await eventually(async () => (await mailsIn(shop, to)).length >= count)
  const mails = await mailsIn(shop, to)
  return mails.map(({ messageId }) => /\.([\w-]+)@/.exec(messageId)?.[1] ?? '').toSorted()
}
