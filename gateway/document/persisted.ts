import { createHash } from 'node:crypto'
import { Refusal } from '../answer/refusal.ts'
import type { RequestRecord, Step } from '../request.ts'
import type { OperationList, OperationLists } from './lists.ts'
import { Remembered } from './remembered.ts'

export interface PersistedSettings {
  /** Of operations that clients registered. */
  readonly mostBytes: number
  /** Of partners. */
  readonly lists?: OperationLists
  /** Told of an operation that a partner's list does not have, where it is run all the same. */
  readonly onUnknown?: (keyId: string, id: string) => void
}

/**
 * From a persisted operation's id to its text: for storefronts by what they registered themselves
 * (Apollo's automatic persisted queries), for partners by the list their key is bound to.
 */
export function persistedStep(settings: PersistedSettings): Step {
  const remembered = new Remembered(settings.mostBytes)
  return (request) => {
    const id = idIn(request)
    if (request.partner) ofPartner(request, id, settings)
    if (request.text === undefined && id !== undefined) ofStorefront(request, id, remembered)
  }
}

function ofStorefront(request: RequestRecord, id: string, remembered: Remembered): void {
  const { query } = request.params
  if (query === undefined) {
    request.text = remembered.get(id)
    if (request.text === undefined) throw notFound()
    return
  }
  if (sha256(query) !== id) throw Refusal.of('BAD_REQUEST', 'The hash is not that of the query.')
  // Only what was neither too large nor invalid is remembered.
  request.leaving ??= []
  request.leaving.push(({ document }) => document && remembered.add(id, query))
}

const notFound = () => Refusal.of('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound')

function idIn({ params }: RequestRecord): string | undefined {
  const said = params.extensions.persistedQuery
  if (said === undefined || said === null) return undefined
  const { version, sha256Hash } = said as { version?: unknown; sha256Hash?: unknown }
  if (version !== 1 || typeof sha256Hash !== 'string' || !/^[\da-f]{64}$/.test(sha256Hash)) {
    throw Refusal.of('PERSISTED_QUERY_NOT_SUPPORTED', 'PersistedQueryNotSupported')
  }
  return sha256Hash
}

function ofPartner(
  request: RequestRecord,
  given: string | undefined,
  { lists, onUnknown = () => {} }: PersistedSettings,
): void {
  const { partner, params } = request
  if (!partner) return
  const list: OperationList | undefined = lists?.get(partner.list)
  const id = given ?? (params.query === undefined ? undefined : sha256(params.query))
  request.text = id === undefined ? undefined : list?.get(id)
  if (request.text !== undefined) return
  // A list that is not there allows nothing: who forgot to publish it hears of it at once.
  const mode = list?.modeFor(partner.keyId) ?? 'require'
  if (mode === 'require') {
    throw Refusal.of(
      'PERSISTED_QUERY_NOT_IN_LIST',
      'This operation is not in the list of this key.',
      {
        status: 403,
      },
    )
  }
  if (mode === 'log') onUnknown(partner.keyId, id ?? '')
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
