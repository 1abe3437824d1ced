export const templateNames = [
  'verify-address',
  'address-taken',
  'reset-password',
  'order-paid',
  'order-shipped',
  'order-cancelled',
  'order-refunded',
] as const

export type TemplateName = (typeof templateNames)[number]

/**
 * `SENDING` from the moment the server takes in the content; `UNKNOWN` where its answer was lost,
 * and never sent again; `REFUSED` by the server for good; `DROPPED` where nobody is to be told.
 */
export type MailState = 'INTENDED' | 'SENDING' | 'SENT' | 'UNKNOWN' | 'REFUSED' | 'DROPPED'

/** To whom a mail is to go, as `user:<id>` or `order:<id>`: an address is asked for when it is sent. */
export type Recipient = `user:${string}` | `order:${string}`

/** Ids, figures and codes of the event that the mail tells of. */
export interface MailFacts {
  readonly fulfillmentId?: string
  readonly reason?: string
  readonly amountMinor?: number
  readonly currency?: string
}

export interface IntendedMail {
  readonly eventId: string
  readonly template: TemplateName
  readonly recipient: Recipient
  readonly facts: MailFacts
  readonly traceparent: string | null
}

/** One that somebody has taken to send it. */
export interface LeasedMail extends IntendedMail {
  readonly id: string
  /** Who took it later has a higher one. */
  readonly attempt: number
  readonly intendedAt: Date
}

export interface LoggedMail {
  readonly id: string
  readonly eventId: string
  readonly template: TemplateName
  readonly recipient: Recipient
  readonly state: MailState
  readonly attempts: number
  readonly reason: string | null
  readonly intendedAt: Date
  readonly settledAt: Date | null
}

/** The same however often it is tried: who dedupes by it shows it once. */
export const messageIdOf = ({ eventId, template }: IntendedMail, host: string): string =>
  `<${eventId}.${template}@${host}>`

export const idIn = (recipient: Recipient): string => recipient.slice(recipient.indexOf(':') + 1)

/** What a mail is about, where it is of this kind. */
export const subjectOf = (recipient: Recipient, kind: 'user' | 'order') =>
  recipient.startsWith(`${kind}:`) ? { id: idIn(recipient) } : null
