import { Forbidden, NotFound, StaleVersion } from '@shop/kit/errors'
import { type Asked, viewerIn } from '@shop/kit/identity'
import { isId } from '@shop/kit/ids'
import type { RoleName } from './roles.ts'

/** An account as it is, while nobody else can change it. */
export interface LockedUser {
  readonly isVerified: boolean
  readonly version: number
}

export type StaffAct = 'roles-set' | 'user-deactivated' | 'user-reactivated'

interface Needs extends Asked {
  staff: {
    /** Locks those who manage accounts, so that two cannot dismiss each other; whether this one still does. */
    isManager(userId: string): Promise<boolean>
    lock(userId: string): Promise<LockedUser | null>
    setRoles(userId: string, roles: readonly RoleName[]): Promise<void>
    setDeactivated(userId: string, isDeactivated: boolean): Promise<void>
    tell(userId: string, act: StaffAct): Promise<void>
  }
  sessions: { endAll(userId: string): Promise<void> }
}

interface Edit {
  readonly userId: string
  readonly expectedVersion: number
}

/** Ends their sessions: nobody goes on with rights that were taken, or without those that were given. */
export async function setUserRoles(
  needs: Needs,
  { roles, ...edit }: Edit & { roles: readonly RoleName[] },
) {
  const { userId } = edit
  const { isVerified } = await managed(needs, edit)
  const held = [...new Set<RoleName>(['CUSTOMER', ...roles])]
  if (!isVerified && held.length > 1) return { kind: 'EmailNotVerified', userId } as const
  await needs.staff.setRoles(userId, held)
  await needs.sessions.endAll(userId)
  await needs.staff.tell(userId, 'roles-set')
  return { kind: 'UserSaved', userId } as const
}

export async function deactivateUser(needs: Needs, edit: Edit) {
  const { userId } = edit
  await managed(needs, edit)
  await needs.staff.setDeactivated(userId, true)
  await needs.sessions.endAll(userId)
  await needs.staff.tell(userId, 'user-deactivated')
  return { kind: 'UserSaved', userId } as const
}

export async function reactivateUser(needs: Needs, edit: Edit) {
  const { userId } = edit
  await managed(needs, edit)
  await needs.staff.setDeactivated(userId, false)
  await needs.staff.tell(userId, 'user-reactivated')
  return { kind: 'UserSaved', userId } as const
}

/**
 * Asks the tables, not the token, whether who asks may still do this; nobody does it to themselves,
 * so that somebody is always left who can.
 */
async function managed(needs: Needs, { userId, expectedVersion }: Edit): Promise<LockedUser> {
  const own = viewerIn(needs)
  if (!(await needs.staff.isManager(own))) throw new Forbidden('Not allowed.')
  if (own === userId) throw new Forbidden('Your own account is for another to manage.')
  const user = isId(userId) ? await needs.staff.lock(userId) : null
  if (!user) throw new NotFound('There is no such user.')
  if (user.version !== expectedVersion) {
    throw new StaleVersion('This account was changed since; look again.')
  }
  return user
}
