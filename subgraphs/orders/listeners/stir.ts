import type { Clock } from '@shop/kit/clock'

export interface Stirring {
  clock: Clock
  moves: { stir(orderId: string, at: Date): Promise<boolean> }
  wake(orderId: string): void
}

/**
 * A walk that rests for this, or tries again and again, goes on. One that is just coming to rest looks
 * once before it does, so it needs no waking.
 */
export async function stir({ clock, moves, wake }: Stirring, orderId: string): Promise<void> {
  if (await moves.stir(orderId, clock.now())) wake(orderId)
}
