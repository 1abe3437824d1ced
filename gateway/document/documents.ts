import {
  type DocumentNode,
  type FieldNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  NoSchemaIntrospectionCustomRule,
  type OperationDefinitionNode,
  parse,
  specifiedRules,
  validate,
} from 'graphql'
import { Refusal } from '../answer/refusal.ts'
import { ByteLru } from './byte-lru.ts'
import { checkScan, checkSize, type Limits } from './limits.ts'
import { scan } from './scan.ts'

/** A document that is neither too large nor invalid, and the operation of it that is meant. */
export interface CheckedDocument {
  /** Among all documents of this supergraph. */
  readonly key: string
  readonly text: string
  readonly node: DocumentNode
  readonly operation: OperationDefinitionNode
  readonly operationName: string | undefined
  /**
   * What is fetched, when that is less than what is answered: fields left out of it are null. With
   * null, nothing is. It has a `key` of its own.
   */
  readonly asked?: { readonly text: string; readonly node: DocumentNode } | null
  /** What variables say of what is skipped, where `asked` is what is left then. */
  readonly switches?: Readonly<Record<string, boolean>>
  /** Of its fields, those that are not for who asks. */
  readonly denied?: ReadonlySet<FieldNode>
}

export interface DocumentSettings {
  readonly limits: Limits
  readonly cacheBytes: number
  /** Tell clients what they may have meant, which tells them what there is. */
  readonly suggestions: boolean
  readonly introspection: boolean
}

const mostErrors = 5

/** What clients sent, checked once. Refusals are remembered too, as they cost as much. */
export class Documents {
  readonly #schema: GraphQLSchema
  readonly #settings: DocumentSettings
  readonly #known: ByteLru<CheckedDocument | Refusal>

  constructor(schema: GraphQLSchema, settings: DocumentSettings) {
    this.#schema = schema
    this.#settings = settings
    this.#known = new ByteLru(settings.cacheBytes)
  }

  /** Throws a `Refusal`. */
  check(text: string, operationName: string | undefined): CheckedDocument {
    const key = operationName === undefined ? text : `${text}\0${operationName}`
    let known = this.#known.get(key)
    if (!known) {
      known = this.#checked(key, text, operationName)
      // A parsed document takes about this many times its text, by heap snapshots.
      this.#known.set(key, known, 500 + key.length * (known instanceof Refusal ? 2 : 40))
    }
    if (known instanceof Refusal) throw known
    return known
  }

  get #rules() {
    return this.#settings.introspection
      ? specifiedRules
      : [...specifiedRules, NoSchemaIntrospectionCustomRule]
  }

  #checked(key: string, text: string, operationName: string | undefined) {
    try {
      const node = this.#valid(text)
      const operation = operationIn(node, operationName)
      return { key, text, node, operation, operationName }
    } catch (error) {
      if (error instanceof Refusal) return error
      throw error
    }
  }

  #valid(text: string): DocumentNode {
    const { limits, suggestions } = this.#settings
    checkScan(scan(text), limits)
    const node = parsed(text)
    checkSize(node, limits)
    const options = { maxErrors: mostErrors, hideSuggestions: !suggestions }
    const invalid = validate(this.#schema, node, this.#rules, options)
    if (invalid.length > 0) {
      throw Refusal.ofDocument('GRAPHQL_VALIDATION_FAILED', invalid.slice(0, mostErrors))
    }
    return node
  }
}

function parsed(text: string): DocumentNode {
  try {
    return parse(text)
  } catch (error) {
    if (error instanceof GraphQLError) throw Refusal.ofDocument('GRAPHQL_PARSE_FAILED', [error])
    throw error
  }
}

function operationIn(node: DocumentNode, name: string | undefined): OperationDefinitionNode {
  const operations = node.definitions.filter(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION,
  )
  const [first, second] = operations
  if (name === undefined && second) {
    throw Refusal.of('OPERATION_RESOLUTION_FAILURE', 'There are several operations: name one.')
  }
  const found =
    name === undefined ? first : operations.find((operation) => operation.name?.value === name)
  if (!found) {
    throw Refusal.of('OPERATION_RESOLUTION_FAILURE', 'There is no operation of that name.')
  }
  return found
}
