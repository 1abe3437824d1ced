import type { ColumnType, Generated } from 'kysely'
import type { MailFacts, MailState, Recipient, TemplateName } from '../domain/mail.ts'
import type { NoticeKind } from '../domain/notice.ts'

type SetLater<T> = ColumnType<T | null, never, T | null>

export interface Tables {
  mails: {
    id: string
    event_id: string
    template: TemplateName
    recipient: Recipient
    facts: ColumnType<MailFacts, string, never>
    traceparent: string | null
    state: Generated<MailState>
    attempts: Generated<number>
    reason: SetLater<string>
    intended_at: Date
    due_at: Date | null
    sending_at: SetLater<Date>
    settled_at: SetLater<Date>
  }
  notifications: {
    id: string
    user_id: string
    kind: NoticeKind
    order_id: string
    event_id: string
    created_at: Date
    read_at: SetLater<Date>
  }
}
