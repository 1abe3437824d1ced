import {
  type DirectiveNode,
  type DocumentNode,
  Kind,
  print,
  type SelectionNode,
  visit,
} from 'graphql'
import { conditionsOf, hold } from '../answer/conditions.ts'
import type { CheckedDocument } from '../document/documents.ts'
import { asksNothing, without } from '../document/without.ts'
import type { Data } from '../json.ts'
import { madeOnce } from '../supergraph/made-once.ts'

/** So many of one document are kept: few clients have more than two or three switches in one. */
const mostViews = 64

/** What is left to plan of a document when it is known what is skipped, by what its variables say. */
const viewsOf = madeOnce((document: CheckedDocument) => ({
  conditions: conditionsIn(document.node),
  settled: new Map<string, CheckedDocument>(),
}))

/**
 * The document as it reads when what is skipped is not there. What is fetched together may need other
 * things of its entity, and a planner that leaves conditions open lets the skipping of one take what
 * another needs; without conditions there is nothing to mistake.
 */
export function settled(document: CheckedDocument, variables: Data): CheckedDocument {
  const { conditions, settled: known } = viewsOf(document)
  if (!conditions || document.asked === null) return document
  const switches: Record<string, boolean> = {}
  for (const name of conditions) switches[name] = variables[name] === true
  const key = Object.values(switches).map(Number).join('')
  const view = known.get(key) ?? settledBy(switches, { document, key })
  if (known.size >= mostViews) known.clear()
  known.set(key, view)
  return view
}

function settledBy(
  switches: Record<string, boolean>,
  { document, key }: { document: CheckedDocument; key: string },
): CheckedDocument {
  const enter = <Node extends SelectionNode>(node: Node): Node | null | undefined => {
    if (!node.directives?.some(isCondition)) return undefined
    const conditions = conditionsOf(node, [])
    if (conditions === null || !hold(conditions, switches)) return null
    return { ...node, directives: node.directives.filter((each) => !isCondition(each)) }
  }
  const kept = visit((document.asked ?? document).node, {
    Field: { enter },
    InlineFragment: { enter },
    FragmentSpread: { enter },
  })
  const node = without(() => false, kept)
  const asked = asksNothing(node, document.operationName) ? null : { node, text: print(node) }
  return { ...document, key: `${document.key}\0settled ${key}`, asked, switches }
}

const isCondition = ({ name }: DirectiveNode) => name.value === 'skip' || name.value === 'include'

/** The variables that decide what is skipped, or null where nothing can be. */
function conditionsIn(document: DocumentNode): readonly string[] | null {
  const names = new Set<string>()
  let isAny = false
  visit(document, {
    Directive(directive) {
      if (!isCondition(directive)) return
      isAny = true
      const value = directive.arguments?.[0]?.value
      if (value?.kind === Kind.VARIABLE) names.add(value.name.value)
    },
  })
  return isAny ? [...names] : null
}
