import type { Clock } from '@shop/kit/clock'
import type { Database, Tx } from '@shop/kit/database'
import { serviceNamed } from '@shop/kit/identity'
import { newId } from '@shop/kit/ids'
import { sql } from 'kysely'
import { canonicalEmail } from '../domain/email.ts'
import type { RoleName } from '../domain/roles.ts'
import type { Tables } from './schema.ts'

/** Somebody as another system, or the demo shop, tells of them. */
export interface Person {
  readonly id: string
  readonly givenName: string
  readonly familyName: string
  readonly email: string
  readonly emailVerified: boolean
  readonly acceptsMarketing: boolean
  readonly registeredAt: Date
  readonly roles: readonly RoleName[]
  /** The first is where orders go. */
  readonly addresses: readonly {
    readonly name: string
    readonly street: string
    readonly postalCode: string
    readonly city: string
    readonly country: string
  }[]
}

interface Staff {
  readonly id: string
  readonly email: string
  readonly passwordHash: string
  readonly roles: readonly RoleName[]
}

const atOnce = 1000
const accounts = serviceNamed('accounts')

/** Accounts by the thousand, and those that nobody registered. */
export class Everybody {
  readonly #db: Database<Tables>
  readonly #clock: Clock

  constructor(db: Database<Tables>, clock: Clock) {
    this.#db = db
    this.#clock = clock
  }

  haveAdmin(): Promise<boolean> {
    return this.#db.as(accounts, async (tx) => {
      const admin = tx.selectFrom('user_roles').where('role', '=', 'ADMIN').select('user_id')
      return (await admin.executeTakeFirst()) !== undefined
    })
  }

  /** True where the account is new; one that was there has this password and these roles from now on. */
  staff({ id, email, passwordHash, roles }: Staff): Promise<boolean> {
    const now = this.#clock.now()
    return this.#db.as(accounts, async (tx) => {
      const { rows } = await sql<{ id: string }>`
        insert into users (id, email, email_verified_at, created_at)
        values (${id}, ${email}, ${now}, ${now})
        on conflict (email) where email_verified_at is not null
        do update set deactivated_at = null, version = users.version + 1
        returning id`.execute(tx)
      const userId = rows[0]?.id ?? id
      const all = ['CUSTOMER', ...roles]
      await sql`
        with gone as (delete from user_roles where user_id = ${userId} and role <> all(${all}))
        insert into user_roles (user_id, role) select ${userId}, unnest(${all}::text[])
        on conflict do nothing`.execute(tx)
      await sql`
        insert into credentials (user_id, password_hash) values (${userId}, ${passwordHash})
        on conflict (user_id) do update set password_hash = excluded.password_hash`.execute(tx)
      await sql`insert into user_profiles (user_id) values (${userId}) on conflict do nothing`.execute(
        tx,
      )
      await sql`update sessions set ended_at = ${now}
        where user_id = ${userId} and ended_at is null`.execute(tx)
      return userId === id
    })
  }

  /** Those who are not there yet, and how many they were. A thousand are one transaction. */
  async admit(people: Iterable<Person>, passwordHash: string): Promise<number> {
    let added = 0
    for (const some of inBatches(people)) {
      added += await this.#db.as(accounts, (tx) => admit(tx, some, passwordHash))
    }
    return added
  }
}

function* inBatches(people: Iterable<Person>): Generator<Person[]> {
  let some: Person[] = []
  for (const person of people) {
    some.push(person)
    if (some.length === atOnce) {
      yield some
      some = []
    }
  }
  if (some.length > 0) yield some
}

async function admit(tx: Tx<Tables>, people: readonly Person[], passwordHash: string) {
  const users = people.map((person) => ({ ...person, email: canonicalEmail(person.email) }))
  const addresses = people.flatMap(({ id, addresses: own }) =>
    own.map((address, place) => ({ ...address, id: newId(), userId: id, isFirst: place === 0 })),
  )
  const { rows } = await sql<{ added: number }>`
    with given as (
      select * from jsonb_to_recordset(${JSON.stringify(users)}::jsonb) as row(id uuid, email text,
        "emailVerified" boolean, "registeredAt" timestamptz, "givenName" text, "familyName" text,
        "acceptsMarketing" boolean, roles text[])
    ), added as (
      insert into users (id, email, email_verified_at, created_at)
      select id, email, case when "emailVerified" then "registeredAt" end, "registeredAt" from given
      on conflict do nothing returning id
    ), own as (
      select given.* from given join added using (id)
    ), known as (
      insert into credentials (user_id, password_hash) select id, ${passwordHash} from own
    ), held as (
      insert into user_roles (user_id, role)
      select id, role from own cross join lateral unnest('CUSTOMER'::text || roles) role
      on conflict do nothing
    ), profiles as (
      insert into user_profiles (user_id, given_name, family_name, newsletter)
      select id, "givenName", "familyName", "acceptsMarketing" from own
    ), addressed as (
      insert into addresses (id, user_id, name, line1, postal_code, city, country, created_at)
      select row.id, row."userId", row.name, row.street, row."postalCode", row.city, row.country,
        own."registeredAt"
      from jsonb_to_recordset(${JSON.stringify(addresses)}::jsonb) as row(id uuid, "userId" uuid,
        name text, street text, "postalCode" text, city text, country text)
      join own on own.id = row."userId"
    )
    select count(*) as added from added`.execute(tx)
  const first = addresses.filter(({ isFirst }) => isFirst)
  // A statement of its own: within the first, the addresses could not be pointed at yet.
  await sql`
    update user_profiles set default_shipping_address_id = row.id,
      default_billing_address_id = row.id
    from jsonb_to_recordset(${JSON.stringify(first)}::jsonb) as row(id uuid, "userId" uuid)
      join addresses on addresses.id = row.id
    where user_profiles.user_id = row."userId"`.execute(tx)
  return rows[0]?.added ?? 0
}
