import type { Connection } from '@shop/kit/database'
import type { LoggedMail } from '../domain/mail.ts'
import type { Notice } from '../domain/notice.ts'

export type { LoggedMail as EmailLog } from '../domain/mail.ts'
export type { Notice as Notification } from '../domain/notice.ts'
export type { Template as EmailTemplate } from '../templates/template.ts'

export interface User {
  readonly id: string
}

export interface Order {
  readonly id: string
}

export interface NotificationRead {
  readonly notificationId: string
}

export type NotificationConnection = Connection<Notice>
export type EmailLogConnection = Connection<LoggedMail>
