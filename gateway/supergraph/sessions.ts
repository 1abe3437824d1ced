import { type DefinitionNode, Kind } from 'graphql'
import { directiveNames, shopDirectives } from './directives.ts'

/** The mutations that are run for somebody with a shop session, by the fields of the root. */
export function fieldsThatNeedSession(definitions: readonly DefinitionNode[]): ReadonlySet<string> {
  const directive = directiveNames(definitions, shopDirectives)('needsSession')
  const root = mutationRoot(definitions)
  const fields = definitions.flatMap((definition) =>
    definition.kind === Kind.OBJECT_TYPE_DEFINITION && definition.name.value === root
      ? (definition.fields ?? [])
      : [],
  )
  const isMarked = ({ directives = [] }: (typeof fields)[number]) =>
    directives.some(({ name }) => name.value === directive)
  return new Set(fields.filter(isMarked).map(({ name }) => name.value))
}

function mutationRoot(definitions: readonly DefinitionNode[]): string {
  const roots = definitions.flatMap((definition) =>
    definition.kind === Kind.SCHEMA_DEFINITION ? definition.operationTypes : [],
  )
  return roots.find(({ operation }) => operation === 'mutation')?.type.name.value ?? 'Mutation'
}
