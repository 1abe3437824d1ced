import type { Request } from '@shop/kit/request'
import { Credentials } from './db/credentials.ts'
import { MailTokens } from './db/mail-tokens.ts'
import { Sessions } from './db/sessions.ts'
import { canonicalEmail } from './domain/email.ts'
import { countReset } from './domain/guessing.ts'
import { confirmReset, verifyEmail } from './domain/mail.ts'
import { accounts, type Opened, whenceOf } from './door.ts'

/** What a link in a mail is for, and how to be sent one. Whoever follows it is nobody yet. */
export interface Recovery {
  verifyEmail(input: { token: string }): Promise<{ at: Date }>
  requestReset(input: { email: string }): Promise<{ message: string }>
  confirmReset(input: { token: string; newPassword: string }): Promise<{ at: Date }>
}

const sent = 'If an account has this address, a mail is on its way to it.'

export function recoveryOn(opened: Opened) {
  const { db, clock, limits, passwords } = opened
  const credentials = new Credentials(db, accounts, clock)
  const tokens = new MailTokens(db, accounts, clock)

  function within<R>(work: (inside: Inside) => Promise<R>): Promise<R> {
    return db.as(accounts, (tx) => {
      const joined = db.joining(tx)
      const credentials = new Credentials(joined, accounts, clock)
      return work({
        tokens: new MailTokens(joined, accounts, clock),
        credentials,
        sessions: new Sessions(joined, accounts, clock),
        places: credentials,
      })
    })
  }

  return (request: Request): Recovery => {
    const whence = whenceOf(request)
    return {
      async verifyEmail({ token }) {
        const inside = <R>(work: (tokens: MailTokens) => Promise<R>) =>
          within((each) => work(each.tokens))
        await verifyEmail({ limits, within: inside }, { token, whence })
        return { at: clock.now() }
      },
      async requestReset(input) {
        const email = canonicalEmail(input.email)
        await countReset({ limits }, { email, whence })
        await credentials.requestReset(email)
        return { message: sent }
      },
      async confirmReset({ token, newPassword }) {
        await confirmReset({ limits, tokens, passwords, within }, { token, newPassword, whence })
        return { at: clock.now() }
      },
    }
  }
}

interface Inside {
  readonly tokens: MailTokens
  readonly credentials: Credentials
  readonly sessions: Sessions
  readonly places: Credentials
}
