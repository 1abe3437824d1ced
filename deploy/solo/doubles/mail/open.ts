import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Fates, type Script } from './fates.ts'
import { type Count, type Kept, Mailbox } from './mailbox.ts'
import { mailServer } from './server.ts'
import { openSmtp } from './smtp.ts'

export interface DoubleSettings {
  /** Free ones without. */
  readonly smtpPort?: number
  readonly pagePort?: number
  /** Where what it keeps outlives it. */
  readonly file?: string
}

export interface MailDouble extends AsyncDisposable {
  /** As `SMTP_URL` has it. */
  readonly smtpUrl: string
  /** Where a person reads the mails. */
  readonly url: string
  readonly mails: readonly Kept[]
  readonly counts: readonly Count[]
  follow(script: Script): void
}

/** What stands in for a mail provider: takes mail by SMTP, keeps it, and shows it on a page. */
export async function openMailDouble(settings: DoubleSettings = {}): Promise<MailDouble> {
  const { smtpPort = 0, pagePort = 0, file } = settings
  await using opening = new AsyncDisposableStack()
  const [mailbox, fates] = [new Mailbox(file), new Fates()]
  const smtp = opening.use(await openSmtp({ port: smtpPort, mailbox, fates }))
  const server = createServer(mailServer({ mailbox, fates }))
  server.listen(pagePort, '127.0.0.1')
  await once(server, 'listening')
  opening.defer(async () => {
    const closed = once(server, 'close')
    server.close()
    server.closeAllConnections()
    await closed
  })
  const opened = opening.move()
  return {
    smtpUrl: `smtp://127.0.0.1:${smtp.port}`,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get mails() {
      return mailbox.mails
    },
    get counts() {
      return mailbox.counts
    },
    follow: (script) => fates.follow(script),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}
