import { type FieldNode, type SelectionSetNode, TypeInfo, visit, visitWithTypeInfo } from 'graphql'
import type { CheckedDocument } from '../document/documents.ts'
import { fragmentsIn } from '../document/fragments.ts'
import type { Data } from '../json.ts'
import type { Generation } from '../supergraph/generation.ts'

/** A field that may be asked only so often, as it stands in a document. */
export interface Limited {
  readonly place: string
  readonly most: number
  readonly perMs: number
  /** `IDENTITY`, `ADDRESS`, `KEY`, or the way to an argument: `input.email`. */
  readonly by: string
  readonly node: FieldNode
  /** How often it stands in the operation, with every fragment written out. */
  readonly times: number
}

type Uses = readonly { readonly given: Data; readonly place: string; readonly node: FieldNode }[]

/** Under each name it has: an alias is a try of its own. */
export function limitedIn(
  { node, operation }: CheckedDocument,
  { schema, supergraph }: Pick<Generation, 'schema' | 'supergraph'>,
): readonly Limited[] {
  const types = new TypeInfo(schema)
  const found = new Map<FieldNode, Uses>()
  visit(
    node,
    visitWithTypeInfo(types, {
      Field(field) {
        const parent = types.getParentType()?.name ?? ''
        const uses = supergraph.applied
          .onField(parent, field.name.value)
          .filter(({ name }) => name === 'rateLimit')
        const place = `${parent}.${field.name.value}`
        if (uses.length > 0)
          found.set(
            field,
            uses.map(({ given }) => ({ given, place, node: field })),
          )
      },
    }),
  )
  if (found.size === 0) return []
  const times = timesIn({ node, operation }, found)
  return [...found].flatMap(([field, uses]) =>
    uses.map(({ given, place }) => ({
      place,
      node: field,
      times: times.get(field) ?? 0,
      most: Number(given.limit),
      perMs: Number(given.window) * 1000,
      by: typeof given.by === 'string' ? given.by : 'IDENTITY',
    })),
  )
}

/** More are as many: a number that nobody is given. */
const mostTimes = 1_000_000

/**
 * How often each of these fields stands in the operation: as many as its fragment's spreads, and
 * theirs. A fragment is counted once however often it is spread: spreads that double would take minutes.
 */
function timesIn(
  { node, operation }: Pick<CheckedDocument, 'node' | 'operation'>,
  wanted: ReadonlyMap<FieldNode, unknown>,
): Times {
  const fragments = fragmentsIn(node)
  const known = new Map<string, Times>()
  const within = (from: SelectionSetNode): Times => {
    const counts = new Map<FieldNode, number>()
    const add = (field: FieldNode, times: number) =>
      counts.set(field, Math.min(mostTimes, (counts.get(field) ?? 0) + times))
    visit(from, {
      Field: (field) => void (wanted.has(field) && add(field, 1)),
      FragmentSpread({ name: { value: name } }) {
        const fragment = fragments.get(name)
        if (!fragment) return
        const times = known.get(name) ?? within(fragment.selectionSet)
        known.set(name, times)
        for (const [field, each] of times) add(field, each)
      },
    })
    return counts
  }
  return within(operation.selectionSet)
}

type Times = ReadonlyMap<FieldNode, number>
