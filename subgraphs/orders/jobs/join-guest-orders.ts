import type { Clock } from '@shop/kit/clock'
import { defineJob } from '@shop/kit/jobs'
import { z } from 'zod'

interface Needs {
  clock: Clock
  joining: {
    waiting(): Promise<string[]>
    join(userId: string, by: { emailHash: string; at: Date }): Promise<boolean>
    end(userId: string): Promise<void>
  }
  /** Null where there is nobody, or the address is not theirs any more. */
  addressOf(userId: string): Promise<string | null>
  emailHash(email: string): string
}

/** Whose address is proven gets what was bought under it as a guest. Running it twice joins nothing twice. */
export const joinGuestOrders = defineJob({
  name: 'orders.join-guest-orders',
  everyMs: 5000,
  payload: z.object({}),
  async run({ clock, joining, addressOf, emailHash }: Needs) {
    for (const userId of await joining.waiting()) {
      const email = await addressOf(userId)
      const by = email && { emailHash: emailHash(email), at: clock.now() }
      if (!by || (await joining.join(userId, by))) await joining.end(userId)
    }
  },
})
