import type { Live } from '@shop/kit/live'
import type { Payment } from './domain/payment.ts'
import { changedTopic } from './topics.ts'

interface Needs {
  readonly live: Live
  readonly signal: AbortSignal
  /** Reads anew. */
  read(orderId: string): Promise<Payment | null>
}

/** A live event is a hint: what is shown is read again, as whoever follows may see it. */
export async function* paymentOf({ live, signal, read }: Needs, orderId: string) {
  const news = live.subscribe(changedTopic(orderId), signal)
  await news.stands
  yield { paymentUpdated: await read(orderId) }
  for await (const _ of news) yield { paymentUpdated: await read(orderId) }
}
