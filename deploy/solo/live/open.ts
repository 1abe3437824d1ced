import { logFrom } from '@shop/kit/log'
import { demoOptions, demoPassword } from '../demo.ts'
import type { Options } from '../options.ts'
import { stripePastOf } from '../stripe.ts'
import { trickle } from './trickle.ts'

/** The demo shop at work. It pays with test cards, and so at our own Stripe alone. */
export function openLive(options: Options, { url }: { readonly url: string }): AsyncDisposable {
  const demo = demoOptions(options.state)
  if (!demo || stripePastOf({ options }) === null) {
    throw new Error('--live is for the demo shop, beside the double of Stripe.')
  }
  const log = logFrom({ LOG_LEVEL: 'warn', ...options.env })
  return trickle({ url, demo, password: demoPassword, log })
}
