import { nobody } from '@shop/kit/identity'
import { type FieldNode, print } from 'graphql'
import { Refusal } from '../answer/refusal.ts'
import type { CheckedDocument } from '../document/documents.ts'
import { asksNothing, without } from '../document/without.ts'
import { denialOf } from '../identity/denial.ts'
import type { RequestRecord, Step } from '../request.ts'
import type { Generation } from '../supergraph/generation.ts'
import { madeOnce } from '../supergraph/made-once.ts'
import { type Guarded, guardedIn } from './guarded.ts'
import { Requirements } from './requirements.ts'
import type { Rule } from './rules.ts'

const requirementsOf = madeOnce(
  ({ supergraph }: Pick<Generation, 'supergraph'>) => new Requirements(supergraph),
)

/** A document as it is for everybody, and as it is for those that some of its rules do not hold for. */
interface Views {
  readonly guarded: Guarded
  readonly rules: readonly Rule[]
  readonly narrowed: Map<string, CheckedDocument>
}

/** So many of one document: there are few roles, and not many more sets of rules that hold for one. */
const mostViews = 64

export interface PolicySettings {
  /** Refuse an operation with a field that its asker may not have, in place of answering the rest. */
  readonly refuses: boolean
}

/**
 * Takes what its asker may not have out of the operation, and lets the rest be planned and answered.
 * It is decided by the field alone, so neither alias, fragment, interface nor union leads around it;
 * and again by the subgraph that has the field.
 */
export function policyStep({ refuses }: PolicySettings): Step {
  const viewsOf = new WeakMap<CheckedDocument, Views>()
  return (request) => {
    const { document, generation, identity = nobody } = request
    if (!document) throw new Error('The request has no document.')
    let views = viewsOf.get(document)
    if (!views) {
      views = viewsIn(document, generation)
      viewsOf.set(document, views)
    }
    request.isGuarded = views.rules.length > 0
    const failing = views.rules.filter((rule) => !rule.holdsFor(identity))
    if (failing.length === 0) return
    if (refuses) throw refusal(request)
    request.document = narrowed(document, views, failing)
  }
}

function viewsIn({ node }: CheckedDocument, generation: Generation): Views {
  const guarded = guardedIn(node, generation.schema, requirementsOf(generation))
  const rules = [...new Set([...guarded.values()].flatMap((each) => [...each]))]
  return { guarded, rules, narrowed: new Map() }
}

function narrowed(
  document: CheckedDocument,
  views: Views,
  failing: readonly Rule[],
): CheckedDocument {
  const key = failing.map((rule) => views.rules.indexOf(rule)).join(',')
  const known = views.narrowed.get(key)
  if (known) return known
  const denied = new Set<FieldNode>()
  for (const [node, rules] of views.guarded) {
    if (failing.some((rule) => rules.has(rule))) denied.add(node)
  }
  const node = without((each) => denied.has(each as FieldNode), document.node)
  const asked = asksNothing(node, document.operationName) ? null : { node, text: print(node) }
  const view = { ...document, key: `${document.key}\0without ${key}`, asked, denied }
  if (views.narrowed.size >= mostViews) views.narrowed.clear()
  views.narrowed.set(key, view)
  return view
}

function refusal({ identity }: RequestRecord): Refusal {
  const { code, message } = denialOf(identity)
  return Refusal.of(code, message, { status: code === 'FORBIDDEN' ? 403 : 401 })
}
