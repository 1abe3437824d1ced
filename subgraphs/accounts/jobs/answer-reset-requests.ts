import { defineJob } from '@shop/kit/jobs'
import { z } from 'zod'

interface Needs {
  credentials: { answerResets(): Promise<void> }
}

/**
 * Whether an address has an account is looked up here, where nobody waits for an answer. A request
 * is taken by one run and announced in the same transaction.
 */
export const answerResetRequests = defineJob({
  name: 'accounts.answer-reset-requests',
  everyMs: 2000,
  payload: z.object({}),
  run: ({ credentials }: Needs) => credentials.answerResets(),
})
