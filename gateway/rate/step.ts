import { callerOf, networkOf, nobody } from '@shop/kit/identity'
import type { Limits, Rule } from '@shop/kit/limits'
import { valueFromASTUntyped } from 'graphql'
import { Refusal } from '../answer/refusal.ts'
import type { CheckedDocument } from '../document/documents.ts'
import { tooLarge } from '../document/limits.ts'
import type { RequestRecord, Step } from '../request.ts'
import { type Limited, limitedIn } from './limited.ts'

/**
 * Holds `@rateLimit`: every field that has one, under whatever alias, is counted in one question to
 * the shared store, all of them or none. A guess at a secret may stand in a document once.
 */
export function rateStep(limits: Limits): Step {
  const known = new WeakMap<CheckedDocument, readonly Limited[]>()
  return (request) => {
    const { document, generation, isAgain } = request
    if (isAgain) return
    if (!document) throw new Error('The request has no document.')
    let limited = known.get(document)
    if (!limited) {
      limited = limitedIn(document, generation)
      known.set(document, limited)
    }
    return limited.length > 0 ? hit(request, limited, limits) : undefined
  }
}

async function hit(
  request: RequestRecord,
  limited: readonly Limited[],
  limits: Limits,
): Promise<void> {
  const { isAllowed, retryAfterMs } = await limits.hit('fields', rulesFor(request, limited))
  if (isAllowed) {
    if (request.document?.operation.operation === 'mutation') throwIfSeveral(limited)
    return
  }
  throw Refusal.of('RATE_LIMITED', 'This was asked too often.', {
    status: 429,
    headers: Number.isFinite(retryAfterMs)
      ? { 'retry-after': String(Math.max(1, Math.ceil(retryAfterMs / 1000))) }
      : {},
  })
}

/** After they were counted: a document full of guesses costs its sender as many as it holds. */
function throwIfSeveral(limited: readonly Limited[]): void {
  const byPlace = Map.groupBy(limited, ({ place, by }) => `${place} ${by}`)
  for (const each of byPlace.values()) {
    if (each.reduce((sum, { times }) => sum + times, 0) > 1) throw tooLarge('tries in one document')
  }
}

function rulesFor(request: RequestRecord, limited: readonly Limited[]): Rule[] {
  const rules = new Map<string, Rule>()
  for (const each of limited) {
    const key = `${each.place} ${each.by} ${whoIn(request, each)}`
    const before = rules.get(key)?.cost ?? 0
    rules.set(key, { key, most: each.most, perMs: each.perMs, cost: before + each.times })
  }
  return [...rules.values()]
}

function whoIn({ identity = nobody, address, variables }: RequestRecord, limited: Limited): string {
  switch (limited.by) {
    case 'ADDRESS':
      return strangerAt(address)
    case 'KEY':
      return identity.kind === 'partner' ? `key:${identity.id}` : strangerAt(address)
    case 'IDENTITY':
      return callerOf(identity) || strangerAt(address)
    default:
      return valueAt(limited, variables)
  }
}

const strangerAt = (address: string) => `address:${networkOf(address)}`

/** As one and the same however it is written: in capitals, or with spaces around it. */
function valueAt({ node, by }: Limited, variables: RequestRecord['variables']): string {
  const [first = '', ...rest] = by.split('.')
  const argument = node.arguments?.find(({ name }) => name.value === first)
  let value: unknown = argument && valueFromASTUntyped(argument.value, variables)
  for (const step of rest) value = (value as Record<string, unknown> | null | undefined)?.[step]
  return JSON.stringify(value ?? null)
    .trim()
    .toLowerCase()
    .replaceAll(/^"\s*|\s*"$/g, '')
}
