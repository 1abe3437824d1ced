import { newId } from '@shop/kit/ids'
import { queueDatabase } from '@shop/kit/testing'
import type { QueueStore } from '@shop/kit/workshop'
import pg from 'pg'
import type { RedisServer } from '../../subgraphs/kit/test/redis.ts'

/** What the queues lie in, and a way to lose all of it while nobody expects it. */
export interface Store extends AsyncDisposable {
  readonly store: QueueStore
  /** Says what was done. */
  lose(chance: number): Promise<string>
}

export async function postgresStore(): Promise<Store> {
  const [postgres, schema] = [await queueDatabase(), `q${newId().replaceAll('-', '')}`]
  const client = new pg.Client({ connectionString: postgres })
  await client.connect()
  // Workers are at these tables: who is chosen to end a deadlock may be we.
  const insisted = (statement: string) =>
    client.query(`do $$ begin loop begin ${statement}; exit;
      exception when deadlock_detected then null; end; end loop; end $$`)
  return {
    store: { postgres, schema },
    async lose(chance) {
      const { rows } = await client.query<{ name: string }>(
        `select format('%I.%I', schemaname, tablename) as name from pg_tables
          where schemaname = $1 and tablename not in ('migration', 'meta')`,
        [schema],
      )
      const isDropped = chance < 0.5
      const names = rows.map(({ name }) => name).join(', ')
      if (isDropped) await insisted(`drop schema if exists ${schema} cascade`)
      else if (names) await insisted(`truncate ${names}`)
      return isDropped ? 'schema dropped' : 'tables truncated'
    },
    async [Symbol.asyncDispose]() {
      await client.query(`drop schema if exists ${schema} cascade`)
      await client.end()
    },
  }
}

export function redisStore(server: RedisServer): Store {
  return {
    store: { redis: server.url, prefix: 'shop' },
    async lose() {
      await server.kill()
      await server.start()
      return 'Redis killed, empty again'
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}
