import { NotFound } from '@shop/kit/errors'

/** What a row of ours names is there; should it not be, the field says so. */
export function present<T>(found: T | null): T {
  if (found === null) throw new NotFound('It is not there.')
  return found
}
