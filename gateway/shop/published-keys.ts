import type { JSONWebKeySet } from 'jose'
import type { Asks } from './asks.ts'

/** By which anybody can tell that an access token is ours. */
export async function publishedKeys(asks: Asks): Promise<JSONWebKeySet> {
  const { data } = await asks.own('{ jwks }', 2000)
  if (!data?.jwks) throw new Error('accounts did not publish its keys.')
  return data.jwks as JSONWebKeySet
}
