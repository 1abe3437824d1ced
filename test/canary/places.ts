import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { outboxesOf } from '../crash/settle.ts'
import type { Traced } from '../trace/order.ts'

/** A place that others read, and all that stands there. */
export type Places = Readonly<Record<string, string>>

/**
 * From now on every row that a queue ever holds is kept beside it: what is done with is deleted at once.
 */
export async function watchQueues({ shop }: Traced): Promise<void> {
  if (shop.topology === 'full') return
  await shop.query(
    'queue',
    `create table public.passed (payload text);
    create function public.pass() returns trigger language plpgsql security definer as
      $$ begin insert into public.passed values (new::text); return new; end $$;
    do $$ declare room record; begin
      for room in select schemaname, tablename from pg_tables where schemaname = 'shop' loop
        execute format('create trigger passed after insert or update on %I.%I for each row
          execute function public.pass()', room.schemaname, room.tablename);
      end loop;
    end $$`,
  )
}

export async function placesOf(traced: Traced): Promise<Places> {
  const { shop, collector, ports } = traced
  const answers = traced.recorder.calls.filter(({ client }) => client === 'stranger')
  const metrics = await fetch(`http://127.0.0.1:${ports.GATEWAY_ADMIN_PORT}/metrics`)
  return {
    spans: collector.exported.join('\n'),
    metrics: await metrics.text(),
    'answers to others': JSON.stringify(answers.map(({ reply }) => reply)),
    ...(await queuedAt(traced)),
    ...(await parkedAt(traced)),
    ...filesIn(shop.folder),
  }
}

/** Redis appends every command that it ever took to a file, which is found among the files. */
async function queuedAt({ shop }: Traced): Promise<Places> {
  if (shop.topology === 'full') return {}
  const rows = await shop.query('queue', 'select payload from public.passed')
  if (rows.length === 0) throw new Error('Nothing passed through the queues.')
  return { queues: rows.map(({ payload }) => payload).join('\n') }
}

async function parkedAt({ shop }: Traced): Promise<Places> {
  const texts: string[] = []
  for (const { database, schema } of await outboxesOf(shop)) {
    for (const table of ['parked_events', 'outbox']) {
      const rows = await shop.query(database, `select row::text from ${schema}.${table} as row`)
      texts.push(...rows.map(({ row }) => `${schema}.${table} ${row}`))
    }
  }
  return { 'events and dead letters': texts.join('\n') }
}

/** All that a shop leaves in its folder but the databases themselves: logs, Redis, pictures and their names. */
function filesIn(folder: string): Places {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const others = names.filter((name) => !/^(postgres(\/|$)|v8cache)/.test(name))
  return Object.fromEntries(
    others.map((name): [string, string] => {
      const file = path.join(folder, name)
      return [name, statSync(file).isFile() ? `${name} ${readFileSync(file, 'latin1')}` : name]
    }),
  )
}
