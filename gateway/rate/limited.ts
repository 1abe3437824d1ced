import {
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql'
import type { CheckedDocument } from '../document/documents.ts'
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
  const times = timesIn(node, operation)
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

/** How often each field stands in the operation: as many as its fragment's spreads, and theirs. */
function timesIn(
  node: CheckedDocument['node'],
  operation: OperationDefinitionNode,
): ReadonlyMap<FieldNode, number> {
  const fragments = new Map(
    node.definitions.flatMap((each) =>
      each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each] as const] : [],
    ),
  )
  const counts = new Map<FieldNode, number>()
  const walk = (from: Parameters<typeof visit>[0]): void => {
    visit(from, {
      Field: (field: FieldNode) => void counts.set(field, (counts.get(field) ?? 0) + 1),
      FragmentSpread({ name }: { name: { value: string } }) {
        const fragment = fragments.get(name.value)
        if (fragment) walk(fragment.selectionSet)
      },
    })
  }
  walk(operation.selectionSet)
  return counts
}
