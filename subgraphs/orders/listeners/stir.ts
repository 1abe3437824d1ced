import type { Clock } from '@shop/kit/clock'

export interface Stirring {
  clock: Clock
  moves: { stir(orderId: string, at: Date): Promise<void> }
  wake(orderId: string): void
}

/** A walk that rests for this, or tries again and again, goes on. */
export async function stir({ clock, moves, wake }: Stirring, orderId: string): Promise<void> {
  await moves.stir(orderId, clock.now())
  wake(orderId)
}
