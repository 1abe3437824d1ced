import { type DefinitionNode, type DirectiveNode, Kind, valueFromASTUntyped } from 'graphql'

/** What the shop's own directives are linked as. */
export const shopDirectives = 'https://shopgraph.dev/directives'

/**
 * What directives of a specification are called in a supergraph, by what the specification calls
 * them: a link may import them under other names, and what it does not import has a prefix.
 */
export function directiveNames(
  definitions: readonly DefinitionNode[],
  specification: string,
): (name: string) => string | undefined {
  const links = definitions.flatMap((definition) =>
    definition.kind === Kind.SCHEMA_DEFINITION || definition.kind === Kind.SCHEMA_EXTENSION
      ? (definition.directives ?? [])
      : [],
  )
  const link = links.map(argumentsOf).find(({ url }) => isOf(url, specification))
  if (!link) return () => undefined
  const imported = new Map((Array.isArray(link.import) ? link.import : []).map(importOf))
  const own = specification.split('/').at(-1)
  const prefix = typeof link.as === 'string' ? link.as : own
  // A specification's own directive is called as the specification is.
  const unnamed = (name: string) => (name === own ? prefix : `${prefix}__${name}`)
  return (name) => imported.get(name) ?? unnamed(name)
}

/** `https://…/directives/v1.0` is of `https://…/directives`. */
const isOf = (url: unknown, specification: string) =>
  typeof url === 'string' && url.replace(/\/v\d+(\.\d+)*\/?$/, '') === specification

function importOf(given: unknown): [name: string, as: string] {
  const { name, as = name } =
    typeof given === 'string' ? { name: given } : (given as { name: string; as?: string })
  return [name.replace('@', ''), as.replace('@', '')]
}

/** What a directive was given where it stands. */
export function argumentsOf({ arguments: given = [] }: DirectiveNode): Record<string, unknown> {
  return Object.fromEntries(
    given.map(({ name, value }) => [name.value, valueFromASTUntyped(value)] as const),
  )
}

/** The subgraphs that `join__Graph` names: its value, what a plan calls it, and where it is. */
export function graphsOf(definition: DefinitionNode) {
  if (definition.kind !== Kind.ENUM_TYPE_DEFINITION || definition.name.value !== 'join__Graph') {
    return []
  }
  return (definition.values ?? []).flatMap(({ name, directives }) => {
    const graph = directives?.find((directive) => directive.name.value === 'join__graph')
    if (!graph) return []
    const said = textArguments(graph)
    return [{ value: name.value, name: said.get('name') ?? name.value, url: said.get('url') ?? '' }]
  })
}

/** The same, of texts alone. */
export function textArguments({ arguments: given }: DirectiveNode): Map<string, string> {
  const texts = new Map<string, string>()
  for (const { name, value } of given ?? []) {
    if (value.kind === Kind.STRING) texts.set(name.value, value.value)
  }
  return texts
}
