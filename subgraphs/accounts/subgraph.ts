import { openDatabase } from '@shop/kit/database'
import { placeOf } from '@shop/kit/events'
import type { Standing } from '@shop/kit/standing'
import { type Subgraph, schemaFrom } from '@shop/kit/subgraph'
import { AccessTokens } from './clients/access-tokens.ts'
import { Argon2 } from './clients/argon2.ts'
import type { Config } from './config.ts'
import { contextOn } from './context.ts'
import { Credentials } from './db/credentials.ts'
import type { Tables } from './db/schema.ts'
import { Sessions } from './db/sessions.ts'
import { accounts } from './door.ts'
import { answerResetRequests } from './jobs/answer-reset-requests.ts'
import { forgetWhatIsOver } from './jobs/forget-what-is-over.ts'
import { resolvers } from './resolvers/index.ts'

export const migrations = new URL('db/migrations/', import.meta.url)

export async function open(config: Config, standing: Standing): Promise<Subgraph> {
  // Until move(), to leave is to close: a subgraph that half opened leaves nothing behind.
  await using opening = new AsyncDisposableStack()
  const { clock, keys, limits } = standing
  const db = opening.use(openDatabase<Tables>(config.databaseUrl, standing))
  const tokens = new AccessTokens({ keys, clock, ...config.jwt })
  const passwords = new Argon2({ ...config.passwords, saltKey: keys('password-salt:1') })
  const { settleMs } = config
  const mailKey = keys('mail-token:1')
  const credentials = new Credentials(db, accounts, clock)
  const sessions = new Sessions(db, accounts, clock)

  const schema = await schemaFrom(new URL('schema.graphql', import.meta.url), resolvers)
  const opened = opening.move()
  return {
    name: 'accounts',
    schema,
    context: contextOn({ db, clock, limits, passwords, tokens, settleMs, mailKey }),
    jobs: [answerResetRequests.with({ credentials }), forgetWhatIsOver.with({ sessions })],
    place: placeOf(db, accounts),
    listeners: [],
    ready: () => db.isMigrated(migrations),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}
