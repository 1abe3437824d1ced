import { type DocumentNode, type FragmentDefinitionNode, Kind } from 'graphql'

/** Of a document, by their names. */
export const fragmentsIn = ({
  definitions,
}: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> =>
  new Map(
    definitions.flatMap((each) =>
      each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each] as const] : [],
    ),
  )
