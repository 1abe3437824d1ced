import type { Clock } from '@shop/kit/clock'
import { BadUserInput, NotFound } from '@shop/kit/errors'
import { type Asked, viewerIn } from '@shop/kit/identity'
import { isId, newId } from '@shop/kit/ids'
import type { OrderFacts } from './order-facts.ts'

export type ListName = 'ALLOW' | 'BLOCK'

const kinds = ['EMAIL', 'EMAIL_DOMAIN', 'ADDRESS', 'CLIENT', 'NETWORK', 'DEVICE', 'CARD'] as const

export type ListKind = (typeof kinds)[number]

export interface ListEntry {
  readonly id: string
  readonly list: ListName
  readonly kind: ListKind
  readonly note: string
  readonly addedAt: Date
  readonly addedBy: string
  readonly expiresAt: Date | null
}

interface Needs extends Asked {
  clock: Clock
  assessments: { factsOf(orderId: string): Promise<OrderFacts | null> }
  lists: {
    /** The id of the entry that is there now: of the same value there is one. */
    put(entry: ListEntry, value: string): Promise<string>
    remove(id: string): Promise<boolean>
  }
}

interface Adding {
  readonly idempotencyKey: string
  readonly list: ListName
  readonly kind: ListKind
  readonly orderId: string
  readonly note: string
  readonly expiresAt?: Date | null | undefined
}

export type AddedToList =
  | { readonly kind: 'FraudListEntrySaved'; readonly entryId: string }
  | { readonly kind: 'FraudListKindUnknown'; readonly listKind: ListKind }

export async function addFraudListEntry(needs: Needs, input: Adding): Promise<AddedToList> {
  const { list, kind, orderId, expiresAt = null } = input
  const note = input.note.trim()
  if (note.length < 1 || note.length > 500)
    throw new BadUserInput('A note has 1 to 500 characters.')
  const facts = isId(orderId) ? await needs.assessments.factsOf(orderId) : null
  if (!facts) throw new NotFound('Of this order nothing was assessed.')
  const value = keyOf(facts, kind)
  if (value === null) return { kind: 'FraudListKindUnknown', listKind: kind }
  const added = { addedAt: needs.clock.now(), addedBy: viewerIn(needs) }
  const entry = { id: newId(), list, kind, note, expiresAt, ...added }
  return { kind: 'FraudListEntrySaved', entryId: await needs.lists.put(entry, value) }
}

/** Everything of an order that can stand on a list. */
export const listables = (facts: OrderFacts): { kind: ListKind; value: string }[] =>
  kinds.flatMap((kind) => {
    const value = keyOf(facts, kind)
    return value === null ? [] : [{ kind, value }]
  })

const keyOf = ({ keys, emailDomain }: OrderFacts, kind: ListKind): string | null =>
  kind === 'EMAIL_DOMAIN'
    ? emailDomain
    : keys[kind.toLowerCase() as Lowercase<Exclude<ListKind, 'EMAIL_DOMAIN'>>]

export async function removeFraudListEntry(
  { lists }: Needs,
  { entryId }: { idempotencyKey: string; entryId: string },
) {
  if (!isId(entryId) || !(await lists.remove(entryId))) {
    throw new NotFound('There is no such entry.')
  }
  return { kind: 'FraudListEntryRemoved', entryId } as const
}
