import type { Tx } from '@shop/kit/database'
import { placesOf, type Whence } from '../domain/guessing.ts'
import type { Tables } from './schema.ts'

/** From here on, guesses of strangers leave the attempts from these places alone. */
export async function remember(
  tx: Tx<Tables>,
  userId: string,
  { whence, now }: { whence: Whence; now: Date },
): Promise<void> {
  const places = placesOf(whence)
  if (places.length === 0) return
  await tx
    .insertInto('known_places')
    .values(places.map((place) => ({ user_id: userId, place, seen_at: now })))
    .onConflict((conflict) => conflict.columns(['user_id', 'place']).doUpdateSet({ seen_at: now }))
    .execute()
}
