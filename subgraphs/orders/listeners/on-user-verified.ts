import { defineListener } from '@shop/kit/events'
import { z } from 'zod'

interface Needs {
  joining: { begin(userId: string): Promise<void> }
}

/** The address is asked for later, by a job: nobody is asked while this is being taken in. */
export const onUserVerified = defineListener({
  event: 'accounts.user-verified',
  data: z.object({ userId: z.uuid() }),
  run: ({ joining }: Needs, { data: { userId } }) => joining.begin(userId),
})
