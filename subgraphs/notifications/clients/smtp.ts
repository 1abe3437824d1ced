import { Readable } from 'node:stream'
import MailComposer from 'nodemailer/lib/mail-composer'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import type { Letter, Outcome } from '../domain/deliver-mail.ts'
import { type LeasedMail, messageIdOf } from '../domain/mail.ts'

interface Settings {
  /** `smtp://user:password@host:port`, or `smtps://`. */
  readonly url: string
  readonly from: string
}

/** A mail server in the shop's words: each sending is one connection, and ends in one of five ways. */
export class Smtp {
  readonly #settings: Settings
  readonly #host: string

  constructor(settings: Settings) {
    this.#settings = settings
    this.#host = /@([\w.-]+)/.exec(settings.from)?.[1] ?? 'shop.example'
  }

  async send(mail: LeasedMail, letter: Letter, begin: () => Promise<boolean>): Promise<Outcome> {
    const { url, from } = this.#settings
    const composer = new MailComposer({
      ...letter,
      from,
      messageId: messageIdOf(mail, this.#host),
      date: mail.intendedAt,
      headers: { 'auto-submitted': 'auto-generated' },
    })
    const content = new Content(await composer.compile().build(), begin)
    const connection = connectionTo(new URL(url))
    try {
      await opened(connection, new URL(url))
      await handedOver(connection, { from: addressIn(from), to: letter.to }, content)
      return { kind: 'sent', reason: null }
    } catch (fault) {
      return outcomeOf(fault as SmtpFault, content)
    } finally {
      connection.quit()
    }
  }
}

/**
 * What is sent. It is asked for when the server has said that it will take it: only then is it
 * written down that it may arrive, so that all that fails before can be tried again.
 */
class Content {
  readonly #bytes: Buffer
  readonly #begin: () => Promise<boolean>
  hasBegun = false
  isLost = false

  constructor(bytes: Buffer, begin: () => Promise<boolean>) {
    this.#bytes = bytes
    this.#begin = begin
  }

  stream(): Readable {
    return Readable.from(this.#parts(), { objectMode: false })
  }

  async *#parts(): AsyncGenerator<Buffer> {
    this.isLost = !(await this.#begin())
    if (this.isLost) throw new Error('Somebody else is sending this.')
    this.hasBegun = true
    yield this.#bytes
  }
}

interface SmtpFault extends Error {
  readonly code?: string
  readonly responseCode?: number
  readonly command?: string
}

/** Where what was refused is this mail, and not the shop at the door. */
const aboutMail = new Set(['MAIL FROM', 'RCPT TO', 'DATA'])

function outcomeOf({ code, responseCode, command }: SmtpFault, content: Content): Outcome {
  if (content.isLost) return { kind: 'lost', reason: null }
  const reason = responseCode ? `SMTP_${responseCode}` : (code ?? 'FAULT')
  if (responseCode && responseCode >= 500 && aboutMail.has(command ?? '')) {
    return { kind: 'refused', reason }
  }
  // An answer is an answer: the server has said that it did not take it.
  if (responseCode || !content.hasBegun) return { kind: 'later', reason }
  return { kind: 'unknown', reason }
}

function connectionTo({ hostname: host, port, protocol }: URL): SMTPConnection {
  const secure = protocol === 'smtps:'
  return new SMTPConnection({
    host,
    port: Number(port) || (secure ? 465 : 587),
    secure,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
  })
}

async function opened(connection: SMTPConnection, { username, password }: URL): Promise<void> {
  await told(connection, (done) => connection.connect(done))
  const [user, pass] = [decodeURIComponent(username), decodeURIComponent(password)]
  if (user) await told(connection, (done) => connection.login({ user, pass }, done))
}

const handedOver = (
  connection: SMTPConnection,
  envelope: { from: string; to: string },
  content: Content,
) =>
  told(connection, (done) => {
    const stream = content.stream()
    stream.on('error', (fault) => {
      // Cut before its end: the server has no message, and forgets what it was sent of it.
      connection.close()
      done(fault)
    })
    connection.send(envelope, stream, done)
  })

type Done = (fault?: Error | null) => void

/** What goes wrong with the connection comes as an event, and not always to who waits. */
function told(connection: SMTPConnection, ask: (done: Done) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.once('error', reject)
    connection.once('end', () => reject(Object.assign(new Error('Cut off.'), { code: 'CUT_OFF' })))
    ask((fault) => (fault ? reject(fault) : resolve()))
  })
}

const addressIn = (from: string) => /<([^>]+)>/.exec(from)?.[1] ?? from
