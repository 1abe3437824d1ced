import { NotFound } from '@shop/kit/errors'

/** What was just changed for this caller is there to be shown to them. */
export async function found<T>(loading: Promise<T | null>): Promise<T> {
  const it = await loading
  if (!it) throw new NotFound('It is not to be seen any more.')
  return it
}
