import { answering } from '@shop/kit/answering'
import type { Answer } from '@shop/kit/call'
import { type Identity, nobody, serviceNamed } from '@shop/kit/identity'
import { localLimits } from '@shop/kit/limits'
import type { SetCookie } from '@shop/kit/request'
import type { Subgraph } from '@shop/kit/subgraph'
import {
  clockAt,
  freshDatabase,
  type Meeting,
  silent,
  standingAt,
  type TestDatabase,
} from '@shop/kit/testing'
import { decodeJwt } from 'jose'
import type { Config } from '../config.ts'
import { migrations, open } from '../subgraph.ts'

export const noon = new Date('2026-03-01T12:00:00Z')
export const password = 'correct horse battery'

/** As it is, but with an Argon2 that takes no time. */
export const configFor = (databaseUrl: string): Config => ({
  databaseUrl,
  jwt: { generation: 1, previous: [] },
  passwords: { memoryKiB: 64, passes: 1, atOnce: 2, waiting: 100 },
  settleMs: 0,
})

export interface Asking {
  as?: Identity
  address?: string
  refresh?: string
  variables?: Record<string, unknown>
}

/** Accounts on a database of its own; `wait` moves its clock on from noon. */
export async function accountsWith(meeting?: Meeting, settings: Partial<Config> = {}) {
  await using opening = new AsyncDisposableStack()
  const database = opening.use(await freshDatabase('accounts', migrations))
  const clock = clockAt(noon)
  const standing = {
    ...standingAt(noon, meeting),
    clock,
    limits: localLimits(clock),
  }
  const config = { ...configFor(database.url), ...settings }
  const subgraph = opening.use(await open(config, standing))
  const { answer } = answering({ ...subgraph, log: silent(standing.faults) })
  const opened = opening.move()

  async function ask(document: string, asking: Asking = {}) {
    const { as: identity = nobody, address = '192.0.2.1', refresh, variables = {} } = asking
    const cookies = refresh === undefined ? {} : { refresh }
    const call = { document, variables, identity, address, cookies }
    const told = JSON.parse(await answer(call)) as Answer
    const setCookies = (told.extensions?.setCookies ?? []) as SetCookie[]
    return { ...told, setCookies, codes: (told.errors ?? []).map((each) => each.extensions?.code) }
  }

  return {
    subgraph,
    database,
    standing,
    config,
    faults: standing.faults,
    statements: standing.statements,
    ask,
    wait: clock.wait,
    ...asksOf(ask),
    ...newsOf({ database, subgraph, ask }),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

type Ask = (document: string, asking?: Asking) => Promise<Answer>

const asksOf = <R extends Answer>(ask: (document: string, asking?: Asking) => Promise<R>) => ({
  register: (email: string, input: object = {}, asking: Asking = {}) =>
    ask(registering, { ...asking, variables: { input: { email, password, ...input } } }),
  login: (email: string, given = password, asking: Asking = {}) =>
    ask(loggingIn, { ...asking, variables: { input: { email, password: given } } }),
  refresh: (refreshToken: string | null) =>
    ask(refreshing, { variables: { input: { refreshToken } } }),
  /** Registers and says who that is. */
  async customer(email: string) {
    const { data } = await ask(registering, { variables: { input: { email, password } } })
    return { ...identityIn(data.register.accessToken), refreshToken: data.register.refreshToken }
  },
})

interface Newsroom {
  database: TestDatabase
  subgraph: Subgraph
  ask: Ask
}

const newsOf = ({ database, subgraph, ask }: Newsroom) => ({
  /** What notifications is told for the newest event of this name. */
  async mail(event: string, purpose: string) {
    const [row] = await database.run(
      'select id, aggregate_id from outbox where name = $1 order by id desc limit 1',
      [`accounts.${event}`],
    )
    const variables = { userId: row?.aggregate_id, eventId: row?.id, purpose }
    const { data } = await ask(mailing, { as: serviceNamed('notifications'), variables })
    return data.mailFor as { email: string; token: string | null; isTaken: boolean }
  },
  async run(job: string) {
    await subgraph.jobs.find(({ name }) => name === `accounts.${job}`)?.run({})
  },
})

const payload = 'accessToken expiresAt refreshToken user { id email emailVerified roles scopes }'
const registering = `mutation ($input: RegisterInput!) { register(input: $input) { ${payload} } }`
const loggingIn = `mutation ($input: LoginInput!) { login(input: $input) { ${payload} } }`
const refreshing = `mutation ($input: RefreshTokenInput!) { refreshToken(input: $input) { ${payload} } }`

const mailing = `query ($userId: ID!, $eventId: ID!, $purpose: MailPurpose!) {
  mailFor(userId: $userId, eventId: $eventId, purpose: $purpose) { email token tokenExpiresAt isTaken }
}`

/** As the gateway would read it. */
export function identityIn(accessToken: string): Identity {
  const { sub, sid, kind, scopes } = decodeJwt(accessToken)
  return {
    kind: kind as 'user',
    id: String(sub),
    sessionId: String(sid),
    scopes: scopes as string[],
  }
}
