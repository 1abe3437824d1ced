import { defineEvent } from '@shop/kit/events'
import { z } from 'zod'

/** It was made, changed or ended. That its time came is told by nobody: it is written in it. */
export const promotionChanged = defineEvent({
  name: 'promotions.promotion-changed',
  version: 1,
  aggregate: 'promotion',
  data: z.object({ promotionId: z.string() }),
})
