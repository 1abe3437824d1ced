import { BadUserInput, NotFound } from '@shop/kit/errors'
import { type Asked, viewerIn } from '@shop/kit/identity'
import { isId, newId } from '@shop/kit/ids'
import { shortText } from './profile.ts'
import { allScopes } from './roles.ts'

export interface ApiKey {
  readonly id: string
  readonly name: string
  readonly hint: string
  readonly scopes: readonly string[]
  readonly operationList: string
  readonly createdAt: Date
  readonly rotatedAt: Date | null
  readonly previousUntil: Date | null
  readonly revokedAt: Date | null
}

export interface NewApiKey {
  readonly id: string
  readonly name: string
  readonly scopes: readonly string[]
  readonly operationList: string
  readonly createdBy: string
}

export interface ApiKeyGrant {
  readonly id: string
  readonly scopes: readonly string[]
  readonly operationList: string
}

interface Needs extends Asked {
  apiKeys: {
    /** The key itself, which is kept nowhere. */
    add(key: NewApiKey): Promise<string>
    rotate(id: string, overlapMs: number): Promise<string | null>
    revoke(id: string): Promise<boolean>
  }
}

/** What no program is given, whoever asks for it. */
const ofPeopleAlone = new Set(['staff:write', 'settings:write', 'vendor:own'])

export async function createApiKey(
  needs: Needs,
  {
    name,
    scopes,
    operationList,
  }: { name: string; scopes: readonly string[]; operationList: string },
) {
  const createdBy = viewerIn(needs)
  const list = shortText(operationList, 'A list')
  const called = shortText(name, 'A name')
  if (!called || !list) throw new BadUserInput('A key has a name and a list of operations.')
  if (scopes.some((scope) => !allScopes.has(scope) || ofPeopleAlone.has(scope))) {
    throw new BadUserInput('One of these scopes is not there, or not for keys.')
  }
  const id = newId()
  const chosen = { scopes: [...new Set(scopes)].toSorted(), operationList: list, createdBy }
  return issued(id, await needs.apiKeys.add({ id, name: called, ...chosen }))
}

const hourMs = 3_600_000

/** A new key; the one before is taken too until the overlap is over. */
export async function rotateApiKey(
  needs: Needs,
  { apiKeyId, overlapHours = 24 }: { apiKeyId: string; overlapHours?: number | undefined },
) {
  if (overlapHours < 0 || overlapHours > 168) {
    throw new BadUserInput('An overlap is 0 to 168 hours.')
  }
  const key = isId(apiKeyId) ? await needs.apiKeys.rotate(apiKeyId, overlapHours * hourMs) : null
  if (!key) throw missing()
  return issued(apiKeyId, key)
}

export async function revokeApiKey(needs: Needs, { apiKeyId }: { apiKeyId: string }) {
  if (!isId(apiKeyId) || !(await needs.apiKeys.revoke(apiKeyId))) throw missing()
  return { kind: 'ApiKeySaved', apiKeyId } as const
}

const issued = (apiKeyId: string, key: string) => ({ kind: 'ApiKeyIssued', apiKeyId, key }) as const

const missing = () => new NotFound('There is no such key, or it was revoked.')
