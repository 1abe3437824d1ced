import { routes } from '@shop/kit/alone'
import type { Evidence } from '../checker/evidence.ts'
import type { Recorder } from '../faults/recorder.ts'
import type { Provider } from './provider.ts'
import type { Victims } from './shop.ts'

interface Gathered {
  readonly recorder: Recorder
  readonly since: Date
  readonly provider: Provider
}

/** All that lies there now. */
export async function evidenceOf(
  shop: Victims,
  { recorder, since, provider }: Gathered,
): Promise<Evidence> {
  return {
    shop: (statement, values) => shop.query('ecommerce', statement, values),
    ai: (statement, values) => shop.query('ecommerce_ai', statement, values),
    ...provider.listed(),
    calls: recorder.calls,
    routes: routes(),
    since,
    now: new Date(),
  }
}
