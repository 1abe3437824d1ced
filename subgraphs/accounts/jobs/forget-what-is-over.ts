import { defineJob } from '@shop/kit/jobs'
import { z } from 'zod'

interface Needs {
  sessions: { forget(): Promise<void> }
}

/** Sessions that ended a month ago, with their tokens, and links that nobody can follow any more. */
export const forgetWhatIsOver = defineJob({
  name: 'accounts.forget-what-is-over',
  everyMs: 3_600_000,
  payload: z.object({}),
  run: ({ sessions }: Needs) => sessions.forget(),
})
