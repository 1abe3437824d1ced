import { createHash } from 'node:crypto'
import type { Cache } from '@shop/kit/cache'
import { type Identity, nobody } from '@shop/kit/identity'
import { print } from 'graphql'
import type { CheckedDocument } from '../document/documents.ts'
import { fragmentsIn } from '../document/fragments.ts'
import type { RequestRecord, Step } from '../request.ts'
import { type Keepable, keepableOf } from './policy.ts'
import { tagsOfAnswer } from './tags.ts'

export type Looked = 'hit' | 'miss'

interface Needs {
  readonly cache: Cache
  readonly onLook?: (looked: Looked) => void
}

interface Known extends Keepable {
  /** The operation, however it was written. */
  readonly name: string
}

/** Whom scopes let see more than a stranger sees has no part in what is shared. */
export const sharesWithAll = ({ kind, scopes }: Identity = nobody): boolean =>
  kind === 'anonymous' || ((kind === 'user' || kind === 'partner') && scopes.length === 0)

/**
 * Answers from what is kept, and keeps what may be: whole answers that are everybody's, without an
 * error and without a stand-in. Equal operations that wait for one are answered by it. Says to caches
 * on the way how long they may keep it.
 */
export function cacheStep({ cache, onLook = () => {} }: Needs): Step {
  const known = new WeakMap<CheckedDocument, Known>()

  return (request) => {
    const { document } = request
    if (!document) throw new Error('The request has no document.')
    let keepable = known.get(document)
    if (!keepable) {
      keepable = knownOf(document, request)
      known.set(document, keepable)
    }
    request.reply ??= {}
    const { maxAge, isPublic } = keepable
    request.isShared = sharesWithAll(request.identity)
    if (maxAge <= 0 || !isPublic || request.isGuarded || !request.isShared || request.extensions) {
      request.reply['cache-control'] = 'no-store'
      return undefined
    }
    return throughCache(request, keepable, { cache, onLook })
  }
}

function knownOf(
  { node, operation, denied }: CheckedDocument,
  { generation }: RequestRecord,
): Known {
  const { schema, supergraph } = generation
  const root = schema.getRootType(operation.operation)
  const nothing = { maxAge: 0, isPublic: false, name: '' }
  if (operation.operation !== 'query' || denied || !root) return nothing
  const fragments = fragmentsIn(node)
  const reading = { applied: supergraph.applied, schema, fragments }
  const { maxAge, isPublic } = keepableOf(operation.selectionSet, root, reading)
  if (!Number.isFinite(maxAge)) return nothing
  const text = `${print(node)}\0${operation.name?.value ?? ''}\0${supergraph.sdl}`
  return { maxAge, isPublic, name: createHash('sha256').update(text).digest('base64url') }
}

/** What was kept says until when it holds, and then what the answer is. */
const kept = (until: number, answer: string) => `${until}\n${answer}`

/** Nobody keeps it; whoever waited for it asks alone. */
class NotKept extends Error {}

async function throughCache(
  request: RequestRecord,
  { name, maxAge }: Known,
  { cache, onLook }: Required<Needs>,
): Promise<void> {
  const loading = Promise.withResolvers<null>()
  const loaded = Promise.withResolvers<{ value: string; ttlMs: number; tags: readonly string[] }>()
  const found = cache.through(`answer ${name} ${variablesIn(request)}`, () => {
    loading.resolve(null)
    return loaded.promise
  })
  const value = await Promise.race([found, loading.promise]).catch(notKept)
  if (value !== null) {
    onLook('hit')
    answerWith(request, value)
    return
  }
  onLook('miss')
  // Who leads hears of its own failure by its own road.
  found.catch(() => {})
  request.leaving ??= []
  request.leaving.push(({ answer, faults, degraded, compiled, data, generation }) => {
    if (answer === undefined || faults.length > 0 || degraded || !compiled || request.extensions) {
      loaded.reject(new NotKept())
      delete request.reply?.['cache-control']
      return
    }
    const tags = tagsOfAnswer(generation.supergraph.applied, compiled.shapes.root, data)
    const ttlMs = maxAge * 1000
    loaded.resolve({ value: kept(Date.now() + ttlMs, answer), ttlMs, tags })
  })
  tell(request, maxAge)
}

function notKept(fault: unknown): null {
  if (fault instanceof NotKept) return null
  throw fault
}

const variablesIn = ({ variables }: RequestRecord) => {
  const names = Object.keys(variables).toSorted()
  return JSON.stringify(names.map((name) => [name, variables[name]]))
}

function answerWith(request: RequestRecord, value: string): void {
  const end = value.indexOf('\n')
  request.answer = value.slice(end + 1)
  tell(request, Math.max(0, Math.floor((Number(value.slice(0, end)) - Date.now()) / 1000)))
}

/**
 * To caches on the way: what was answered to somebody signed in they do not hand to others, nor to
 * one origin's page what says that another's may read it.
 */
function tell(request: RequestRecord, maxAge: number): void {
  const { identity = nobody } = request
  const whose = identity.kind === 'user' ? 'private' : 'public'
  request.reply = {
    ...request.reply,
    'cache-control': `${whose}, max-age=${maxAge}`,
    vary: 'origin, accept, authorization, x-api-key, x-shop-session, cookie',
  }
}
