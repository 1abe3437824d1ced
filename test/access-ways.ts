import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from 'graphql'

/** A step down from one type: the field that is taken, and the object it is then on. */
export interface Step {
  readonly type: string
  readonly field: string
  readonly gives: string
  readonly into: string
}

const most = 3

/** Shortest ways from a root to each object, some of each; breadth first. */
export function waysTo(schema: GraphQLSchema): ReadonlyMap<string, readonly (readonly Step[])[]> {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]
  const found = new Map<string, (readonly Step[])[]>()
  let open = roots.flatMap((root) => (root ? [{ type: root, way: [] as readonly Step[] }] : []))
  for (const { type } of open) found.set(type.name, [[]])
  while (open.length > 0) {
    open = open.flatMap(({ type, way }) =>
      Object.values(type.getFields()).flatMap((field) =>
        objectsOf(schema, field).flatMap((into) => {
          const gives = getNamedType(field.type).name
          const next = [...way, { type: type.name, field: field.name, gives, into: into.name }]
          const known = found.get(into.name) ?? []
          if (known.length >= most || way.some((step) => step.into === into.name)) return []
          found.set(into.name, [...known, next])
          return [{ type: into, way: next }]
        }),
      ),
    )
  }
  return found
}

function objectsOf(schema: GraphQLSchema, { type }: Field): readonly GraphQLObjectType[] {
  const named = getNamedType(type)
  if (isObjectType(named)) return [named]
  return isAbstractType(named) ? schema.getPossibleTypes(named) : []
}

type Field = GraphQLField<unknown, unknown>

/** How a field on an object is written: in these ways the same field is asked for. */
export const manners = {
  direct: (field: string) => ({ set: field, more: '' }),
  alias: (field: string) => ({ set: `hidden: ${field}`, more: '' }),
  'inline fragment': (field: string, on: string) => ({
    set: `... on ${on} { ${field} }`,
    more: '',
  }),
  'fragment without a type': (field: string) => ({ set: `... { x: ${field} }`, more: '' }),
  'fragment by name': (field: string, on: string) => ({
    set: '...Plain',
    more: `fragment Plain on ${on} { ${field} }`,
  }),
  'fragment in a fragment': (field: string, on: string) => ({
    set: '...Outer',
    more: `fragment Outer on ${on} { ...Inner } fragment Inner on ${on} { a: ${field} b: ${field} }`,
  }),
  condition: (field: string) => ({
    set: `__typename ... @include(if: true) { ${field} }`,
    more: '',
  }),
  'under a name of another': (field: string) => ({ set: `id: ${field}`, more: '' }),
} as const satisfies Record<string, (field: string, on: string) => { set: string; more: string }>

export type Manner = keyof typeof manners

/** A document that asks for one field at the end of a way, with a variable for each argument that must be. */
export function documentFor(
  schema: GraphQLSchema,
  way: readonly Step[],
  { field, manner }: { field: Field; manner: Manner },
): string {
  const variables: string[] = []
  const called = (each: Field) => {
    const given = each.args.filter(isRequiredArgument).map(({ name, type }) => {
      variables.push(`$v${variables.length}: ${type}`)
      return `${name}: $v${variables.length - 1}`
    })
    return given.length > 0 ? `${each.name}(${given.join(', ')})` : each.name
  }
  const on = way.at(-1)?.into ?? rootOf(schema, field).name
  const leaf = isLeafType(getNamedType(field.type)) ? '' : ' { __typename }'
  const { set, more } = manners[manner](`${called(field)}${leaf}`, on)
  const body = way.reduceRight((inner, step) => {
    const within = step.gives === step.into ? inner : `... on ${step.into} { ${inner} }`
    return `${called(fieldOf(schema, step))} { ${within} }`
  }, set)
  const root = way[0] ? schema.getType(way[0].type) : rootOf(schema, field)
  const head = kindOf(schema, root as GraphQLObjectType)
  const declared = variables.length > 0 ? `(${variables.join(', ')})` : ''
  return `${head} Q${declared} { ${body} } ${more}`
}

const fieldOf = (schema: GraphQLSchema, { type, field }: Step) =>
  (schema.getType(type) as GraphQLObjectType).getFields()[field] as Field

function rootOf(schema: GraphQLSchema, field: Field): GraphQLObjectType {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]
  const root = roots.find((each) => each?.getFields()[field.name] === field)
  if (!root) throw new Error(`${field.name} is no field of a root.`)
  return root
}

function kindOf(schema: GraphQLSchema, root: GraphQLObjectType): string {
  if (root === schema.getMutationType()) return 'mutation'
  return root === schema.getSubscriptionType() ? 'subscription' : 'query'
}

/** The type a field gives, when it has fields of its own. */
export const compositeOf = ({ type }: Field): string | undefined => {
  const named = getNamedType(type)
  return isCompositeType(named) ? named.name : undefined
}
