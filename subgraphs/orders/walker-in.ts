import type { AskOperation } from '@shop/kit/ask'
import type { Database } from '@shop/kit/database'
import { serviceNamed } from '@shop/kit/identity'
import type { Standing } from '@shop/kit/standing'
import type { Config } from './config.ts'
import type { Checkouts } from './db/checkouts.ts'
import { Requotes } from './db/requotes.ts'
import type { Tables } from './db/schema.ts'
import { WalkEnds } from './db/walk-ends.ts'
import { stepsBy } from './steps.ts'
import type { Telling } from './telling.ts'
import { Walker } from './walk.ts'

interface Parts {
  db: Database<Tables>
  standing: Standing
  config: Config
  ask: AskOperation
  checkouts: Checkouts
  tell: Telling
}

/** The one walker of a process, with all that it walks by. */
export function walkerIn({ db, standing, config, ask, checkouts, tell }: Parts): Walker {
  const { clock, log } = standing
  const { leaseMs, reviewMs, blindLimitMinor, quoteMs } = config
  const service = serviceNamed('orders')
  const requotes = new Requotes(db, service)
  return new Walker({
    ...{ clock, log, checkouts, tell, leaseMs, reviewMs },
    steps: stepsBy(ask, { blindLimitMinor, log }),
    ends: new WalkEnds(db, service),
    requote: (orderId, price) => {
      const expiresAt = new Date(clock.now().getTime() + quoteMs)
      return requotes.keep(orderId, { price, expiresAt })
    },
  })
}
