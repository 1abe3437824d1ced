import { readFileSync } from 'node:fs'
import { newId } from '@shop/kit/ids'
import {
  buildASTSchema,
  type FieldDefinitionNode,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredInputField,
  isUnionType,
  Kind,
  parse,
} from 'graphql'

/** A line of `access-ids.csv`: what an id names, and the scope that sees whose ever it is. */
export interface IdRow {
  readonly type: string
  readonly field: string
  /** With the inputs on the way: `input.lines.variantId`. */
  readonly argument: string
  readonly names: string
  readonly also: string
}

const [, ...lines] = readFileSync(new URL('access-ids.csv', import.meta.url), 'utf8')
  .trim()
  .split('\n')

/** In the order in which they are asked: what takes something away comes last. */
export const idRows: readonly IdRow[] = lines.map((line) => {
  const [type = '', field = '', argument = '', names = '', also = ''] = line.split(',')
  return { type, field, argument, names, also }
})

const supergraph = parse(readFileSync('gateway/supergraph.graphql', 'utf8'))
const schema: GraphQLSchema = buildASTSchema(supergraph, {
  assumeValid: true,
  assumeValidSDL: true,
})

/** Where the composed schema asks for an id: `Mutation.cancelOrder(input.orderId)`. */
export const idArguments = (): string[] =>
  Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter(({ name }) => !name.startsWith('__'))
    .flatMap((type) =>
      Object.values(type.getFields()).flatMap((field) =>
        field.args.flatMap((argument) =>
          idsIn(argument.type, argument.name).map((at) => `${type.name}.${field.name}(${at})`),
        ),
      ),
    )

function idsIn(type: GraphQLInputType, at: string, within: readonly string[] = []): string[] {
  const named = getNamedType(type)
  if (named.name === 'ID') return [at]
  if (!isInputObjectType(named) || within.includes(named.name)) return []
  return Object.values(named.getFields()).flatMap((field) =>
    idsIn(field.type, `${at}.${field.name}`, [...within, named.name]),
  )
}

/** The subgraph that answers a field, as the composed schema says. */
export function subgraphOf({ type, field }: IdRow): string {
  const object = schema.getType(type) as GraphQLObjectType
  const node = object.getFields()[field]?.astNode
  const graph = graphIn(node, 'join__field') ?? graphIn(object.astNode, 'join__type')
  if (!graph) throw new Error(`The composed schema does not say who answers ${type}.${field}.`)
  return graph.toLowerCase()
}

type Node = Pick<FieldDefinitionNode, 'directives'> | null | undefined

function graphIn(node: Node, directive: string): string | undefined {
  const applied = node?.directives?.find(({ name }) => name.value === directive)
  const value = applied?.arguments?.find(({ name }) => name.value === 'graph')?.value
  return value?.kind === Kind.ENUM ? value.value : undefined
}

export interface Asking {
  readonly row: IdRow
  /** What the argument is asked with. */
  readonly id: string
  /** What another id on the way has to be: something of whoever asks. */
  idAt(argument: string): string
  /** Parts of the input that a person has to choose. */
  readonly input: object
}

/** The one operation that asks a field with this id, and everything else that it must be given. */
export function operationFor(asking: Asking) {
  const { type, field } = asking.row
  const object = schema.getType(type) as GraphQLObjectType
  const asked = object.getFields()[field] as GraphQLField<unknown, unknown>
  const used = asked.args.filter((each) => isNeeded(each, each.name, asking))
  const declared = used.map(({ name, type }) => `$${name}: ${type}`).join(', ')
  const handed = used.map(({ name }) => `${name}: $${name}`).join(', ')
  const values = used.map(({ name, type }) => [name, valueAt(type, name, asking)])
  const call = `${field}(${handed}) ${selectionOf(asked)}`
  const variables = Object.fromEntries(values) as { input?: object }
  if (variables.input) variables.input = { ...variables.input, ...asking.input }
  return { document: `${kindOf[type] ?? 'query'} (${declared}) ${wayTo(type, call)}`, variables }
}

const kindOf: Readonly<Record<string, string>> = {
  Mutation: 'mutation',
  Subscription: 'subscription',
}

/** Fields of these take ids too, and are reached by a field that takes none. */
function wayTo(type: string, call: string): string {
  if (type === 'Cart') return `{ cart { ${call} } }`
  return type === 'Category' ? `{ categories { ${call} } }` : `{ ${call} }`
}

interface Place {
  readonly type: GraphQLInputType
  readonly defaultValue?: unknown
}

const isNeeded = (place: Place, at: string, { row }: Asking): boolean =>
  isRequiredInputField(place as never) || row.argument === at || row.argument.startsWith(`${at}.`)

function valueAt(type: GraphQLInputType, at: string, asking: Asking): unknown {
  if (isNonNullType(type)) return valueAt(type.ofType, at, asking)
  if (isListType(type)) return [valueAt(type.ofType, at, asking)]
  if (isEnumType(type)) return type.getValues()[0]?.name
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields())
    const needed = fields.filter((field) => isNeeded(field, `${at}.${field.name}`, asking))
    return Object.fromEntries(
      needed.map(({ name, type }) => [name, valueAt(type, `${at}.${name}`, asking)]),
    )
  }
  if (type.name === 'ID') return at === asking.row.argument ? asking.id : asking.idAt(at)
  return scalarAt(type.name, at.split('.').at(-1) ?? '')
}

const scalars: Readonly<Record<string, unknown>> = {
  Int: 1,
  Float: 1,
  Boolean: true,
  MinorUnits: 1,
  DateTime: '2026-03-01T12:00:00Z',
  CurrencyCode: 'EUR',
}

function scalarAt(type: string, name: string): unknown {
  if (name === 'idempotencyKey' || name === 'stepKey') return newId()
  if (name === 'country') return 'DE'
  return scalars[type] ?? 'x1@example.com'
}

/** What tells one answer from another: the kind of it, and who it is where it has an id. */
function selectionOf({ type }: GraphQLField<unknown, unknown>): string {
  const named = getNamedType(type)
  if (isLeafType(named)) return ''
  if (isUnionType(named)) return '{ __typename }'
  const fields = (named as GraphQLObjectType).getFields()
  if (fields.nodes) return '{ nodes { __typename } }'
  return fields.id ? '{ __typename id }' : '{ __typename }'
}
