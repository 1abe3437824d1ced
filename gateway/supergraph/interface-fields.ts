import {
  type DefinitionNode,
  type DirectiveNode,
  type InterfaceTypeDefinitionNode,
  Kind,
} from 'graphql'
import { argumentsOf } from './directives.ts'

/** The interface that a field may be asked of, by `Type.field`: some subgraph has it as an object. */
export type InterfaceFields = ReadonlyMap<string, string>

export const interfaceFieldsIn = (definitions: readonly DefinitionNode[]): InterfaceFields =>
  new Map(
    definitions.flatMap((each) =>
      each.kind === Kind.INTERFACE_TYPE_DEFINITION ? fieldsOf(each, definitions) : [],
    ),
  )

export const namesOf = (fields: InterfaceFields): ReadonlySet<string> =>
  new Set([...fields.keys()].map((place) => place.slice(place.indexOf('.') + 1)))

function fieldsOf(
  { name, directives, fields = [] }: InterfaceTypeDefinitionNode,
  definitions: readonly DefinitionNode[],
): [place: string, owner: string][] {
  const owner = name.value
  const graphs = graphsWithObject(directives)
  const own = fields.filter((field) => isResolvedBy(field.directives, graphs))
  if (own.length === 0) return []
  return [owner, ...typesBehind(owner, definitions)].flatMap((type) =>
    own.map((field): [string, string] => [`${type}.${field.name.value}`, owner]),
  )
}

type Directives = readonly DirectiveNode[] | undefined

const saidBy = (directives: Directives, directive: string) =>
  (directives ?? []).filter(({ name }) => name.value === directive).map(argumentsOf)

const graphsWithObject = (directives: Directives) =>
  new Set(
    saidBy(directives, 'join__type').flatMap(({ graph, isInterfaceObject }) =>
      isInterfaceObject === true ? [graph] : [],
    ),
  )

const isResolvedBy = (directives: Directives, graphs: ReadonlySet<unknown>) =>
  saidBy(directives, 'join__field').some(
    ({ graph, external }) => graphs.has(graph) && external !== true,
  )

const typesBehind = (owner: string, definitions: readonly DefinitionNode[]): string[] =>
  definitions.flatMap((each) =>
    (each.kind === Kind.OBJECT_TYPE_DEFINITION || each.kind === Kind.INTERFACE_TYPE_DEFINITION) &&
    each.interfaces?.some(({ name }) => name.value === owner)
      ? [each.name.value]
      : [],
  )
