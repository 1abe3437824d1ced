import { createHash } from 'node:crypto'
import { z } from 'zod'
import { Refusal } from '../answer/refusal.ts'
import type { Step } from '../request.ts'

const granted = z.object({
  id: z.string(),
  scopes: z.array(z.string()),
  operationList: z.string(),
})

export type Grant = z.infer<typeof granted>

/** What an API key may do; null for one that is not, or no longer, ours. */
export type ApiKeys = (key: string) => Promise<Grant | null>

/** A revoked key is taken for so long at most, and a new one refused. */
const believedMs = 15_000
const mostKnown = 10_000
const mostCharacters = 256

/** Keys by the hash that accounts knows them by; asked once for a while, also of those that are none. */
export function apiKeysBy(ask: (hash: string) => Promise<unknown>, now = Date.now): ApiKeys {
  const known = new Map<string, { readonly grant: Promise<Grant | null>; readonly until: number }>()

  async function grantOf(hash: string): Promise<Grant | null> {
    const said = await ask(hash)
    return said === null ? null : granted.parse(said)
  }

  return (key) => {
    if (key.length > mostCharacters) return Promise.resolve(null)
    const hash = createHash('sha256').update(key).digest('hex')
    const before = known.get(hash)
    if (before && before.until > now()) return before.grant
    if (known.size >= mostKnown) known.delete(known.keys().next().value ?? '')
    const grant = grantOf(hash)
    known.set(hash, { grant, until: now() + believedMs })
    grant.catch(() => known.delete(hash))
    return grant
  }
}

/** Whoever shows an API key is the partner it was made for, and nobody else. */
export function apiKeyStep(keys: ApiKeys): Step {
  return (request) => {
    const key = request.headers['x-api-key']
    if (key === undefined || request.isAgain) return undefined
    return identify(request, typeof key === 'string' ? key : '', keys)
  }
}

async function identify(request: Parameters<Step>[0], key: string, keys: ApiKeys): Promise<void> {
  const grant = await keys(key)
  if (!grant || request.identity?.kind !== 'anonymous') {
    throw Refusal.of('UNAUTHENTICATED', 'The API key is not valid, or no longer.', { status: 401 })
  }
  const { id, scopes, operationList } = grant
  request.identity = { kind: 'partner', id, scopes }
  request.cookies = {}
  request.partner = { keyId: id, list: operationList }
}
