import { routes } from '@shop/kit/alone'
import type { Evidence } from '../checker/evidence.ts'
import type { Recorder } from '../faults/recorder.ts'
import type { Victims } from './shop.ts'

/** All that lies there now. */
export async function evidenceOf(
  shop: Victims,
  { recorder, since }: { recorder: Recorder; since: Date },
): Promise<Evidence> {
  return {
    shop: (statement, values) => shop.query('ecommerce', statement, values),
    ai: (statement, values) => shop.query('ecommerce_ai', statement, values),
    intents: [],
    refunds: [],
    mails: [],
    calls: recorder.calls,
    routes: routes(),
    since,
    now: new Date(),
  }
}
