import type { Clock } from '@shop/kit/clock'
import type { Connection, Database, Page } from '@shop/kit/database'
import { type Once, onceIn } from '@shop/kit/idempotency'
import { type Identity, serviceNamed, viewerIn } from '@shop/kit/identity'
import type { Live } from '@shop/kit/live'
import { type Loader, loadById } from '@shop/kit/loader'
import type { Request } from '@shop/kit/request'
import { Mails } from './db/mails.ts'
import { Notices, type Unread } from './db/notices.ts'
import type { Tables } from './db/schema.ts'
import type { LoggedMail, MailState } from './domain/mail.ts'
import type { Notice } from './domain/notice.ts'
import { followed } from './follow.ts'

export interface Opened {
  readonly db: Database<Tables>
  readonly clock: Clock
  readonly live: Live
}

export const notifications = serviceNamed('notifications')

/** What an act of the domain is given, within its transaction and as its caller. */
type World = ReturnType<typeof worldIn>

export const worldIn = (db: Database<Tables>, identity: Identity, { clock }: Opened) => ({
  identity,
  clock,
  mails: new Mails(db, identity),
  notices: new Notices(db, identity),
})

/** What a resolver can reach. Made anew for each request, so what its loaders remember ends with it. */
export interface Context extends Request {
  notices: Notices
  once: Once<World>
  noticesById: Loader<string, Notice>
  unread: Loader<string, Unread>
  emailLog(state: MailState | null, page: Page): Promise<Connection<LoggedMail>>
  follow(): AsyncGenerator<Notice>
}

export const contextOn =
  (opened: Opened) =>
  (request: Request): Context => {
    const { db, live } = opened
    const { identity, signal = new AbortController().signal } = request
    const { notices, mails } = worldIn(db, identity, opened)
    return {
      ...request,
      notices,
      once: onceIn(db, identity, (tx) => worldIn(tx, identity, opened)),
      noticesById: loadById(
        (ids) => notices.withIds(ids),
        ({ id }) => id,
      ),
      unread: loadById(
        (ids) => notices.unreadOf(ids),
        ({ userId }) => userId,
      ),
      emailLog: (state, page) => mails.page(state, page),
      follow: () => followed({ live, signal, notices }, viewerIn(request)),
    }
  }
