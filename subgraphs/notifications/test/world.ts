import { setTimeout } from 'node:timers/promises'
import { type MailDouble, openMailDouble } from '@shop/doubles/mail'
import type { Ask } from '@shop/kit/ask'
import { Unavailable } from '@shop/kit/errors'
import type { Identity } from '@shop/kit/identity'
import { localLink } from '@shop/kit/link'
import {
  type AskedAs,
  ask,
  clockAt,
  freshDatabase,
  hear,
  type Meeting,
  silent,
  standingAt,
} from '@shop/kit/testing'
import { migrations, open } from '../subgraph.ts'
import { sampleOrder } from '../templates/template.ts'

export const noon = new Date('2026-03-01T12:00:00Z')

export const ada = '019a3c1e-7f00-7000-8000-000000000001'
export const ben = '019a3c1e-7f00-7000-8000-000000000002'

export const support: Identity = {
  kind: 'staff',
  id: '019a3c1e-7f00-7000-8000-00000000000e',
  scopes: ['customers:read', 'settings:write'],
}

const { url: _, ...order } = sampleOrder

/** What accounts and orders answer; a test may change it. */
export const answers = () => ({
  mailFor: { email: 'ada@example.com', token: 'a token', tokenExpiresAt: null, isTaken: false } as
    | object
    | null
    | 'away',
  orderForMail: {
    ...order,
    email: 'ada@example.com',
    link: null,
    fulfillments: [
      {
        id: 'parcel 1',
        carrier: 'DHL',
        trackingNumber: '0034',
        trackingUrl: 'https://www.dhl.example/0034',
        items: [{ name: 'Mug', quantity: 2 }],
      },
    ],
  } as object | null | 'away',
})

export type Answers = ReturnType<typeof answers>

export const askingOf =
  (told: Answers): Ask =>
  () =>
  async (operation) => {
    const answer = told[operation as keyof Answers]
    if (answer === 'away') throw new Unavailable('The shop did not answer.')
    return { [operation]: answer } as never
  }

export const configFor = (databaseUrl: string, smtpUrl: string) => ({
  databaseUrl,
  from: 'Shopgraph <shop@shop.example>',
  locale: 'en' as const,
  smtpUrl,
  storefrontUrl: 'https://shop.example',
})

/** Notifications on a database of its own, beside the mail double; `wait` moves its clock on. */
export async function notificationsWith(meeting?: Meeting) {
  await using opening = new AsyncDisposableStack()
  const database = opening.use(await freshDatabase('notifications', migrations))
  const mail = opening.use(await openMailDouble())
  const clock = clockAt(noon)
  const told = answers()
  const standing = {
    ...standingAt(noon, meeting),
    clock,
    ask: askingOf(told),
  }
  const subgraph = opening.use(await open(configFor(database.url, mail.smtpUrl), standing))
  const opened = opening.move()
  return {
    subgraph,
    database,
    mail,
    told,
    standing,
    ask: (request: AskedAs) => ask(subgraph, request),
    hear: (event: Parameters<typeof hear>[1]) => hear(subgraph, event),
    send: async () => {
      await subgraph.jobs[0]?.run({})
    },
    states: () => database.run('select state, reason, attempts from mails order by id'),
    follow: (userId: string, signal: AbortSignal) =>
      localLink({ ...subgraph, log: silent([]) })
        .follow({
          document: 'subscription { notificationReceived { kind order { id } } }',
          identity: { kind: 'user', id: userId, scopes: [] },
          signal,
        })
        [Symbol.asyncIterator](),
    wait: clock.wait,
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

/** What came, without what differs each time. */
export const arrived = ({ mails }: MailDouble) =>
  mails.map(({ recipients, subject, messageId }) => ({ recipients, subject, messageId }))

export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let waited = 0; !(await isSo()); waited += 50) {
    if (waited > 20_000) throw new Error('It did not come to pass.')
    await setTimeout(50)
  }
}
