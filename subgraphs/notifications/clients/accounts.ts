import type { AskOperation } from '@shop/kit/ask'

export type Purpose = 'VERIFY' | 'RESET' | 'NOTICE'

export interface MailOfUser {
  readonly email: string
  readonly token: string | null
  readonly tokenExpiresAt: string | null
  readonly isTaken: boolean
}

/** Where the mail of somebody goes, asked when it is sent; null where there is nobody any more. */
export const accountsBy = (ask: AskOperation) => ({
  async mailFor(userId: string, eventId: string, purpose: Purpose): Promise<MailOfUser | null> {
    const variables = { userId, eventId, purpose }
    const { mailFor } = await ask<{ mailFor: MailOfUser | null }>('mailFor', variables)
    return mailFor
  },
})

export type Accounts = ReturnType<typeof accountsBy>
