import { randomInt } from 'node:crypto'
import type { Clock } from '@shop/kit/clock'
import { openDatabase } from '@shop/kit/database'
import { newId } from '@shop/kit/ids'
import type { Standing } from '@shop/kit/standing'
import { Argon2 } from './clients/argon2.ts'
import type { Config } from './config.ts'
import { Everybody, type Person } from './db/everybody.ts'
import type { Tables } from './db/schema.ts'
import { canonicalEmail } from './domain/email.ts'
import { newPassword } from './domain/password.ts'
import type { RoleName } from './domain/roles.ts'

export type { Person } from './db/everybody.ts'

type Needs = Pick<Standing, 'keys' | 'log'> & { readonly clock: Clock }

export interface StaffAccount {
  readonly email: string
  /** Random, and kept nowhere: whoever called shows it once. */
  readonly password: string
  readonly isNew: boolean
}

/** What comes in not by the door but by whoever has the shop's secrets: the launcher and its programs. */
export interface BackDoor extends AsyncDisposable {
  /** At the first start: an ADMIN, unless there is one. */
  firstAdmin(email?: string): Promise<StaffAccount | null>
  /** A verified account with these roles and a new random password; one that is there is reset, and its sessions end. */
  staffAccount(email: string, roles: readonly RoleName[]): Promise<StaffAccount>
  /** Adds people who are not there yet, all with one password, which is hashed once. */
  admit(people: Iterable<Person>, password: string): Promise<number>
}

export async function openBackDoor(config: Config, standing: Needs): Promise<BackDoor> {
  const { clock, keys } = standing
  const passwords = new Argon2({ ...config.passwords, saltKey: keys('password-salt:1') })
  const db = openDatabase<Tables>(config.databaseUrl, standing)
  const everybody = new Everybody(db, clock)

  async function staffAccount(written: string, roles: readonly RoleName[]): Promise<StaffAccount> {
    const email = canonicalEmail(written)
    const password = randomPassword()
    const passwordHash = await passwords.hash(email, password)
    const isNew = await everybody.staff({ id: newId(), email, passwordHash, roles })
    return { email, password, isNew }
  }

  return {
    staffAccount,
    async firstAdmin(email = 'admin@shop.example') {
      return (await everybody.haveAdmin()) ? null : staffAccount(email, ['ADMIN'])
    },
    async admit(people, password) {
      // One salt for all of them: that is what makes thousands a matter of a second, and demo data.
      const passwordHash = await passwords.hash('', newPassword(password, ''))
      return everybody.admit(people, passwordHash)
    },
    [Symbol.asyncDispose]: () => db[Symbol.asyncDispose](),
  }
}

/** 20 letters and digits that are not taken for another: 114 bits. */
const randomPassword = () =>
  Array.from({ length: 20 }, () => letters[randomInt(letters.length)]).join('')

const letters = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'
