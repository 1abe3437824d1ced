import type { Clock } from '@shop/kit/clock'
import type { Envelope } from '@shop/kit/events'
import type { NewNotice } from './db/notices.ts'
import type { IntendedMail, MailFacts, Recipient, TemplateName } from './domain/mail.ts'
import type { NoticeKind } from './domain/notice.ts'

/** What a reaction can reach. */
export interface Telling {
  clock: Clock
  mails: { intend(mail: IntendedMail, now: Date): Promise<void> }
  notices: {
    add(notice: NewNotice, now: Date): Promise<void>
    ownerOf(orderId: string): Promise<string | null>
  }
}

type Heard = Omit<Envelope, 'data'>

interface Mailed {
  readonly template: TemplateName
  readonly recipient: Recipient
  readonly facts?: MailFacts
}

export const mailed = ({ clock, mails }: Telling, heard: Heard, mail: Mailed): Promise<void> => {
  const { id: eventId, traceparent } = heard
  return mails.intend({ facts: {}, ...mail, eventId, traceparent }, clock.now())
}

interface Noticed {
  readonly kind: NoticeKind
  readonly orderId: string
  /** Null for a guest, who has no place to read it. */
  readonly userId: string | null
}

export async function noticed(
  { clock, notices }: Telling,
  { id: eventId }: Heard,
  { kind, orderId, userId }: Noticed,
): Promise<void> {
  if (userId) await notices.add({ kind, orderId, userId, eventId }, clock.now())
}
