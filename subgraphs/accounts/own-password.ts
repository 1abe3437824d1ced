import type { Once } from '@shop/kit/idempotency'
import type { Identity } from '@shop/kit/identity'
import { Credentials } from './db/credentials.ts'
import type { Sessions } from './db/sessions.ts'
import { changePassword, prepareChange } from './domain/change-password.ts'
import type { Opened } from './door.ts'

interface Change {
  readonly idempotencyKey: string
  readonly currentPassword: string
  readonly newPassword: string
}

interface World {
  readonly identity: Identity
  readonly credentials: Credentials
  readonly sessions: Sessions
}

export interface OwnPassword {
  change(input: Change): Promise<{ readonly kind: 'PasswordChanged'; readonly userId: string }>
}

/** The hashes are made before any transaction opens; they, and no password, are what the key stands for. */
export function ownPasswordOn({ db, clock, limits, passwords }: Opened) {
  return (identity: Identity, once: Once<World>): OwnPassword => ({
    async change({ idempotencyKey, ...given }) {
      const credentials = new Credentials(db, identity, clock)
      const change = await prepareChange({ identity, limits, passwords, credentials }, given)
      return once('changePassword', changePassword, { idempotencyKey, ...change })
    },
  })
}
