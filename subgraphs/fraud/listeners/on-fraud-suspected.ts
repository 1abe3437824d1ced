import { defineListener } from '@shop/kit/events'
import type { Live } from '@shop/kit/live'
import { z } from 'zod'
import { alertTopic } from '../live-alerts.ts'

interface Needs {
  live: Live
}

/** Its own event, heard back: whoever follows alerts is told once it is committed, and after a crash too. */
export const onFraudSuspected = defineListener({
  event: 'fraud.fraud-suspected',
  data: z.object({ assessmentId: z.string() }),
  run: ({ live }: Needs, { data: { assessmentId } }) => live.publish(alertTopic, { assessmentId }),
})
