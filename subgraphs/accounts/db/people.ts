import type { Clock } from '@shop/kit/clock'
import type { Connection, Database, Page, Tx } from '@shop/kit/database'
import { announce } from '@shop/kit/events'
import type { Identity } from '@shop/kit/identity'
import { sql } from 'kysely'
import type { NewUser } from '../domain/register.ts'
import type { RoleName } from '../domain/roles.ts'
import type { Candidate } from '../domain/sign-in.ts'
import type { User, UserProfile } from '../domain/user.ts'
import { userRegistered } from '../events.ts'
import type { Tables } from './schema.ts'

const roles = sql<RoleName[]>`array(
  select role from user_roles where user_id = users.id order by role)`

const userColumns = [
  'users.id',
  'users.email',
  sql<boolean>`email_verified_at is not null`.as('emailVerified'),
  roles.as('roles'),
  'users.created_at as createdAt',
  'users.deactivated_at as deactivatedAt',
  'users.version',
] as const

const profileColumns = [
  'user_id as id',
  'given_name as givenName',
  'family_name as familyName',
  'phone',
  sql<string | null>`birth_date::text`.as('birthDate'),
  'newsletter',
  'preferences',
  'default_shipping_address_id as defaultShippingAddressId',
  'default_billing_address_id as defaultBillingAddressId',
] as const

/** For so long a place counts as one where the owner signs in. */
const rememberedMs = 90 * 86_400_000

export interface UserFilter {
  readonly search?: string | null | undefined
  readonly role?: string | null | undefined
  readonly emailVerified?: boolean | null | undefined
  readonly deactivated?: boolean | null | undefined
}

/** Accounts, and what is known of whose they are. */
export class People {
  readonly #db: Database<Tables>
  readonly #caller: Identity
  readonly #clock: Clock

  constructor(db: Database<Tables>, caller: Identity, clock: Clock) {
    this.#db = db
    this.#caller = caller
    this.#clock = clock
  }

  users(ids: readonly string[]): Promise<User[]> {
    return this.#db.see(this.#caller, (tx) =>
      tx.selectFrom('users').where('id', 'in', ids).select(userColumns).execute(),
    )
  }

  profiles(userIds: readonly string[]): Promise<UserProfile[]> {
    return this.#db.see(this.#caller, (tx) =>
      tx
        .selectFrom('user_profiles')
        .where('user_id', 'in', userIds)
        .select(profileColumns)
        .execute(),
    )
  }

  /** Newest first. A search is for the beginning of an address or of a name. */
  list(filter: UserFilter, page: Page): Promise<Connection<User>> {
    const sort = {
      name: 'newest',
      by: sql`created_at`,
      type: 'timestamptz',
      descending: true,
    } as const
    return this.#db.see(this.#caller, (tx) =>
      this.#db.page(filtered(tx, filter).select(userColumns), { page, sort }),
    )
  }

  candidates(email: string, places: readonly string[]): Promise<Candidate[]> {
    const since = new Date(this.#clock.now().getTime() - rememberedMs)
    const isKnown = sql<boolean>`exists (
      select from known_places known where known.user_id = users.id
        and place = any(${places}) and seen_at > ${since})`
    return this.#db.as(this.#caller, (tx) =>
      tx
        .selectFrom('users')
        .innerJoin('credentials', 'credentials.user_id', 'users.id')
        .where('email', '=', email)
        .where('deactivated_at', 'is', null)
        .orderBy(sql`email_verified_at is null`)
        .orderBy('id')
        // Whoever claims one address over and over has the first few of them.
        .limit(8)
        .select([
          'users.id as userId',
          'password_hash as passwordHash',
          sql<boolean>`email_verified_at is not null`.as('isVerified'),
          isKnown.as('isKnown'),
        ])
        .execute(),
    )
  }

  /** A customer, with what every customer has; and tells of it. */
  add({ userId, email, passwordHash, givenName, familyName }: NewUser): Promise<void> {
    const now = this.#clock.now()
    return this.#db.as(this.#caller, async (tx) => {
      await tx.insertInto('users').values({ id: userId, email, created_at: now }).execute()
      await tx
        .insertInto('credentials')
        .values({ user_id: userId, password_hash: passwordHash })
        .execute()
      await tx.insertInto('user_roles').values({ user_id: userId, role: 'CUSTOMER' }).execute()
      await tx
        .insertInto('user_profiles')
        .values({ user_id: userId, given_name: givenName, family_name: familyName, phone: null })
        .execute()
      const happening = { aggregateId: userId, occurredAt: now, data: { userId } }
      await announce(tx, userRegistered, [happening])
    })
  }
}

function filtered(tx: Tx<Tables>, { search, role, emailVerified, deactivated }: UserFilter) {
  let query = tx.selectFrom('users')
  if (search) query = query.where(isFound(search))
  if (role) {
    query = query.where(
      sql<boolean>`exists (select from user_roles where user_id = users.id and role = ${role})`,
    )
  }
  if (emailVerified != null)
    query = query.where('email_verified_at', emailVerified ? 'is not' : 'is', null)
  if (deactivated != null) {
    query = query.where('deactivated_at', deactivated ? 'is not' : 'is', null)
  }
  return query
}

function isFound(search: string) {
  const beginning = `${search
    .trim()
    .toLowerCase()
    .replace(/[\\%_]/g, '\\$&')}%`
  return sql<boolean>`(email like ${beginning} or users.id in (
    select user_id from user_profiles
    where lower(family_name) like ${beginning} or lower(given_name) like ${beginning}))`
}
