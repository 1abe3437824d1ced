import { appendFileSync, existsSync, readFileSync, rmSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { newId } from '@shop/kit/ids'
import PostalMime from 'postal-mime'

/** A mail as it came. */
export interface Kept {
  readonly id: string
  readonly receivedAt: string
  readonly messageId: string
  readonly from: string
  /** To whom it was given, whatever its headers say. */
  readonly recipients: readonly string[]
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly headers: readonly (readonly [name: string, value: string])[]
}

/** How often a message came to somebody: more than once is a fault of who sent it. */
export interface Count {
  readonly messageId: string
  readonly recipient: string
  readonly times: number
}

/** Beyond these the oldest are forgotten; how often each came is not. */
const mostKept = 1000

/** All that was accepted, in memory; with a file, also for who opens it next. */
export class Mailbox {
  readonly #file: string | undefined
  readonly #counts = new Map<string, number>()
  #mails: Kept[] = []

  constructor(file?: string) {
    this.#file = file
    if (!file || !existsSync(file)) return
    for (const line of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
      this.#remember(JSON.parse(line) as Kept)
    }
  }

  /** The newest first. */
  get mails(): readonly Kept[] {
    return this.#mails.toReversed()
  }

  get counts(): Count[] {
    return [...this.#counts].map(([key, times]) => {
      const [messageId = '', recipient = ''] = key.split('\n')
      return { messageId, recipient, times }
    })
  }

  withId(id: string): Kept | undefined {
    return this.#mails.find((mail) => mail.id === id)
  }

  keep(mail: Kept): void {
    this.#remember(mail)
    if (this.#file) appendFileSync(this.#file, `${JSON.stringify(mail)}\n`)
  }

  empty(): void {
    this.#mails = []
    this.#counts.clear()
    if (this.#file) rmSync(this.#file, { force: true })
  }

  #remember(mail: Kept): void {
    this.#mails = [...this.#mails, mail].slice(-mostKept)
    for (const recipient of mail.recipients) {
      const key = `${mail.messageId}\n${recipient}`
      this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1)
    }
  }
}

/** Reads what came, as a mail program would. */
export async function mailIn(stream: Readable, recipients: readonly string[]): Promise<Kept> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  const read = await PostalMime.parse(Buffer.concat(chunks))
  return {
    id: newId(),
    receivedAt: new Date().toISOString(),
    messageId: read.messageId ?? '',
    from: read.from?.address ?? '',
    recipients,
    subject: read.subject ?? '',
    text: read.text ?? '',
    html: read.html ?? '',
    headers: read.headers.map(({ key, value }) => [key, value]),
  }
}
