import type { Clock } from '@shop/kit/clock'
import { defineJob } from '@shop/kit/jobs'
import { following, spanned } from '@shop/kit/tracing'
import { z } from 'zod'
import { deliverMail } from '../domain/deliver-mail.ts'
import type { LeasedMail } from '../domain/mail.ts'

type Needs = Parameters<typeof deliverMail>[0] & {
  clock: Clock
  mails: {
    lease(now: Date): Promise<LeasedMail | null>
    giveUp(now: Date): Promise<void>
  }
}

/** Before the next one begins, so that a full queue does not keep one run for ever. */
const mostAtOnce = 200

/** A mail is leased by one run and sent by it, as part of the trace of what it tells of. */
export const sendMails = defineJob({
  name: 'notifications.send-mails',
  everyMs: 1000,
  payload: z.object({}),
  async run(needs: Needs) {
    const { mails, clock } = needs
    await mails.giveUp(clock.now())
    for (let sent = 0; sent < mostAtOnce; sent += 1) {
      const mail = await mails.lease(clock.now())
      if (!mail) return
      await following(mail.traceparent ?? undefined, () =>
        spanned('mail', { template: mail.template, attempt: mail.attempt }, () =>
          deliverMail(needs, mail),
        ),
      )
    }
  },
})
