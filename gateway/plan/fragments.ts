import {
  type DocumentNode,
  type FragmentSpreadNode,
  type InlineFragmentNode,
  Kind,
  type SelectionSetNode,
} from 'graphql'

export interface Fragment {
  /** Nothing where it is on whatever stands there. */
  readonly on: string | undefined
  readonly set: SelectionSetNode
}

export type Fragments = ReadonlyMap<string, Fragment>

export const fragmentsIn = ({ definitions }: DocumentNode): Fragments =>
  new Map(
    definitions.flatMap((each) =>
      each.kind === Kind.FRAGMENT_DEFINITION
        ? [
            [
              each.name.value,
              { on: each.typeCondition.name.value, set: each.selectionSet },
            ] as const,
          ]
        : [],
    ),
  )

export function fragmentOf(
  selection: FragmentSpreadNode | InlineFragmentNode,
  fragments: Fragments,
): Fragment {
  if (selection.kind === Kind.INLINE_FRAGMENT) {
    return { on: selection.typeCondition?.name.value, set: selection.selectionSet }
  }
  const fragment = fragments.get(selection.name.value)
  if (!fragment) throw new Error(`There is no fragment ${selection.name.value}.`)
  return fragment
}
