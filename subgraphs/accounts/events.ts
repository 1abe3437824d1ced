import { defineEvent } from '@shop/kit/events'
import { z } from 'zod'

const ofUser = { version: 1, aggregate: 'user', data: z.object({ userId: z.uuid() }) }

export const userRegistered = defineEvent({ ...ofUser, name: 'accounts.user-registered' })

export const userVerified = defineEvent({ ...ofUser, name: 'accounts.user-verified' })

/** A new link was asked for: notifications mails it, with what `mailFor` tells it. */
export const verificationRequested = defineEvent({
  ...ofUser,
  name: 'accounts.verification-requested',
})

export const passwordResetRequested = defineEvent({
  ...ofUser,
  name: 'accounts.password-reset-requested',
})

export const roleChanged = defineEvent({
  ...ofUser,
  name: 'accounts.role-changed',
  data: z.object({ userId: z.uuid(), roles: z.array(z.string()) }),
})

/** For the audit: who did it is the event's actor. */
export const staffActed = defineEvent({
  version: 1,
  name: 'accounts.staff-acted',
  aggregate: 'audit',
  data: z.object({
    action: z.enum([
      'roles-set',
      'user-deactivated',
      'user-reactivated',
      'api-key-created',
      'api-key-rotated',
      'api-key-revoked',
    ]),
    targetId: z.uuid(),
  }),
})
