import type { Clock } from '@shop/kit/clock'
import { reach } from '@shop/kit/points'
import type { LeasedMail, MailState } from './mail.ts'

export interface Letter {
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
}

/** What is known of a sending. `lost` is one that somebody else has taken over meanwhile. */
export interface Outcome {
  readonly kind: 'sent' | 'later' | 'refused' | 'unknown' | 'dropped' | 'lost'
  readonly reason: string | null
}

export interface Settled {
  readonly state: MailState
  readonly reason: string | null
  readonly dueAt: Date | null
  readonly at: Date
}

interface Needs {
  clock: Clock
  letters: {
    /** Null where nobody is to be told, or no longer. */
    of(mail: LeasedMail): Promise<Letter | null>
  }
  post: {
    /** Calls `begin` when the server is about to take the content, and gives none where it is false. */
    send(mail: LeasedMail, letter: Letter, begin: () => Promise<boolean>): Promise<Outcome>
  }
  mails: {
    begin(mail: LeasedMail, now: Date): Promise<boolean>
    settle(mail: LeasedMail, settled: Settled): Promise<void>
  }
}

/**
 * At most once: what is written down before the content leaves says that it may have arrived, and
 * what may have arrived is not sent again. Everything before that moment can be done anew.
 */
export async function deliverMail(needs: Needs, mail: LeasedMail): Promise<void> {
  const { clock, mails } = needs
  const outcome = await outcomeOf(needs, mail)
  await reach('notifications.mail.sent')
  if (outcome.kind !== 'lost') await mails.settle(mail, settledBy(outcome, mail, clock.now()))
  await reach('notifications.mail.after')
}

async function outcomeOf({ letters, post, mails, clock }: Needs, mail: LeasedMail) {
  let letter: Letter | null
  try {
    letter = await letters.of(mail)
  } catch (fault) {
    return { kind: 'later', reason: codeOf(fault) } as const
  }
  if (!letter) return { kind: 'dropped', reason: 'NOBODY_TO_TELL' } as const
  await reach('notifications.mail.before')
  return post.send(mail, letter, () => mails.begin(mail, clock.now()))
}

const codeOf = (fault: unknown) => String((fault as { code?: unknown }).code ?? 'INTERNAL')

const dayMs = 86_400_000

function settledBy({ kind, reason }: Outcome, mail: LeasedMail, at: Date): Settled {
  const isOld = at.getTime() - mail.intendedAt.getTime() > dayMs
  switch (kind) {
    case 'sent':
      return { state: 'SENT', reason, dueAt: null, at }
    case 'refused':
      return { state: 'REFUSED', reason, dueAt: null, at }
    case 'dropped':
      return { state: 'DROPPED', reason, dueAt: null, at }
    case 'unknown':
      return { state: 'UNKNOWN', reason, dueAt: null, at }
    default:
      return isOld
        ? { state: 'REFUSED', reason: 'TOO_LATE', dueAt: null, at }
        : { state: 'INTENDED', reason, dueAt: new Date(at.getTime() + restMs(mail.attempt)), at }
  }
}

/** Twice as long each time, from two seconds to half an hour. */
const restMs = (attempt: number) => Math.min(1_800_000, 2000 * 2 ** (attempt - 1))
