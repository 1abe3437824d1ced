import {
  buildASTSchema,
  type DefinitionNode,
  type GraphQLSchema,
  isCompositeType,
  isSpecifiedDirective,
  Kind,
  type NamedTypeNode,
  parse,
  specifiedDirectives,
  specifiedScalarTypes,
} from 'graphql'

const ownNames = new Set(specifiedScalarTypes.map(({ name }) => name))
const ownDirectives = new Set(specifiedDirectives.filter(isSpecifiedDirective).map((d) => d.name))

/** Where clients may write a directive; any other is for those who compose and serve. */
const executable = new Set([
  'QUERY',
  'MUTATION',
  'SUBSCRIPTION',
  'FIELD',
  'FRAGMENT_DEFINITION',
  'FRAGMENT_SPREAD',
  'INLINE_FRAGMENT',
  'VARIABLE_DEFINITION',
])

/** What this router knows and engines do not. */
const deferDefinition = parse(
  'directive @defer(if: Boolean! = true, label: String) on FRAGMENT_SPREAD | INLINE_FRAGMENT',
  { noLocation: true },
).definitions

/** The schema clients see. An engine may print what every schema has by itself: that is left out. */
export function buildApiSchema(sdl: string, namespaces: ReadonlySet<string>): GraphQLSchema {
  const { kind, definitions } = parse(sdl, { noLocation: true })
  const ours = definitions.filter((definition) => !isEverySchemas(definition, namespaces))
  const names = new Set(
    ours.flatMap((each) => ('name' in each && each.name ? each.name.value : [])),
  )
  const whole = ours.map((definition) => withoutUnknown(withoutMeta(definition), names))
  if (!names.has('defer')) whole.push(...deferDefinition)
  return buildASTSchema({ kind, definitions: whole }, { assumeValid: true, assumeValidSDL: true })
}

function isEverySchemas(definition: DefinitionNode, namespaces: ReadonlySet<string>): boolean {
  if (!('name' in definition) || !definition.name) return false
  const name = definition.name.value
  if (definition.kind === Kind.DIRECTIVE_DEFINITION) {
    return (
      ownDirectives.has(name) || !definition.locations.some(({ value }) => executable.has(value))
    )
  }
  const [namespace = '', rest] = name.split('__', 2)
  return namespace === '' || ownNames.has(name) || (rest !== undefined && namespaces.has(namespace))
}

/** Hive's planner leaves the names of types that are not accessible in the unions they were in. */
function withoutUnknown(definition: DefinitionNode, names: ReadonlySet<string>): DefinitionNode {
  const isKnown = ({ name }: NamedTypeNode) => names.has(name.value)
  if (definition.kind === Kind.UNION_TYPE_DEFINITION) {
    return { ...definition, types: definition.types?.filter(isKnown) ?? [] }
  }
  if (
    definition.kind === Kind.OBJECT_TYPE_DEFINITION ||
    definition.kind === Kind.INTERFACE_TYPE_DEFINITION
  ) {
    return { ...definition, interfaces: definition.interfaces?.filter(isKnown) ?? [] }
  }
  return definition
}

function withoutMeta(definition: DefinitionNode): DefinitionNode {
  if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION || !definition.fields) return definition
  const fields = definition.fields.filter(({ name }) => !name.value.startsWith('__'))
  return { ...definition, fields }
}

/** What of a schema the steps look at. */
export interface SchemaParts {
  readonly schema: GraphQLSchema
  readonly typeNames: ReadonlySet<string>
}

export const typeNamesOf = (schema: GraphQLSchema): ReadonlySet<string> =>
  new Set(
    Object.values(schema.getTypeMap())
      .filter(isCompositeType)
      .map(({ name }) => name),
  )
