import { type DocumentNode, Kind, print, type SelectionNode, visit } from 'graphql'
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
  const holds = (node: SelectionNode) => {
    const conditions = conditionsOf(node, [])
    return conditions !== null && hold(conditions, switches)
  }
  const left = without((node) => !holds(node), (document.asked ?? document).node)
  const node = visit(left, {
    Directive: ({ name }) => (isCondition(name.value) ? null : undefined),
  })
  const asked = asksNothing(node, document.operationName) ? null : { node, text: print(node) }
  return { ...document, key: `${document.key}\0settled ${key}`, asked, switches }
}

const isCondition = (name: string) => name === 'skip' || name === 'include'

/** The variables that decide what is skipped, or null where nothing can be. */
function conditionsIn(document: DocumentNode): readonly string[] | null {
  const names = new Set<string>()
  let isAny = false
  visit(document, {
    Directive({ name, arguments: given }) {
      if (!isCondition(name.value)) return
      isAny = true
      const value = given?.[0]?.value
      if (value?.kind === Kind.VARIABLE) names.add(value.name.value)
    },
  })
  return isAny ? [...names] : null
}
