import type { Environment } from '@shop/kit/config'
import type { Keys } from '@shop/kit/keys'
import { openMail } from './mail.ts'
import type { Options } from './options.ts'
import { openStripe } from './stripe.ts'

/** Who is spoken to outside of the shop, or what stands in for them. */
export interface Outside extends AsyncDisposable {
  /** Of the doubles; none where the others themselves are spoken to. */
  readonly places: readonly (readonly [what: string, where: string])[]
  /** What each subgraph that speaks to one reads of it. */
  readonly env: Readonly<Record<string, Environment>>
  /** The same, for a process that is all of them. */
  readonly all: Environment
}

interface Wanted {
  readonly options: Options
  readonly keys: Keys
  readonly ports: Readonly<Record<string, number>>
}

export async function openOutside(wanted: Wanted): Promise<Outside> {
  await using opening = new AsyncDisposableStack()
  const stripe = opening.use(await openStripe(wanted))
  const mail = opening.use(await openMail(wanted))
  const opened = opening.move()
  return {
    places: [...stripe.places, ...mail.places],
    env: { payments: stripe.env, notifications: mail.env },
    all: { ...stripe.env, ...mail.env },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}
