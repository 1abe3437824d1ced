import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  type OperationTypeNode,
  parse,
  subscribe,
  validate,
} from 'graphql'
import { LRUCache } from 'lru-cache'
import type { Call } from './call.ts'
import { until } from './deadline.ts'
import type { Log } from './log.ts'
import { isFault, masked } from './masking.ts'
import type { Request, SetCookie } from './request.ts'
import { isTraced, spanned } from './tracing.ts'

/** Of a subgraph, what answers. */
export interface AnsweredBy {
  readonly name: string
  readonly schema: GraphQLSchema
  readonly context: (request: Request) => object
  readonly log: Log
}

type Documents = (text: string) => DocumentNode | readonly GraphQLError[]

/** Executes operations as JSON text; what both forms of a link and the server have in common. */
export function answering(subgraph: AnsweredBy) {
  const documentOf = documentsOf(subgraph.schema)
  const written = writing(subgraph)
  const prepared = (call: Call) => preparedFor(subgraph, documentOf(call.document), call)

  return {
    async answer(call: Call): Promise<string> {
      const { args, invalid, setCookies } = prepared(call)
      if (invalid) return written({ errors: invalid }, [])
      const work = () => until(call.deadline, async () => execute(args)).catch(failed)
      const result = await (isTraced() ? spanned(nameOf(subgraph, call, args), {}, work) : work())
      return written(result, setCookies)
    },

    kindOf(document: string, operationName?: string): OperationTypeNode | undefined {
      const parsed = documentOf(document)
      return 'kind' in parsed ? getOperationAST(parsed, operationName)?.operation : undefined
    },

    async *follow(call: Call): AsyncIterable<string> {
      const { args, invalid } = prepared(call)
      const source = invalid ? { errors: invalid } : await subscribe(args)
      if (!(Symbol.asyncIterator in source)) {
        yield written(source, [])
        return
      }
      const stop = () => void source.return(undefined)
      call.signal?.addEventListener('abort', stop, { once: true })
      try {
        for await (const result of withRefusal(source)) yield written(result, [])
      } finally {
        call.signal?.removeEventListener('abort', stop)
      }
    },
  }
}

/** A generator runs no line before it is followed: only then can it say who may not follow it. */
async function* withRefusal(source: AsyncIterable<ExecutionResult>) {
  try {
    yield* source
  } catch (thrown) {
    const refusal = failed(thrown as Error)
    if (refusal.errors?.some(isFault)) throw thrown
    yield refusal
  }
}

/** What is asked of whom, by the fields that it begins with. */
function nameOf({ name }: AnsweredBy, { operationName }: Call, { document }: Prepared): string {
  const { selections } = getOperationAST(document, operationName)?.selectionSet ?? {}
  const fields = (selections ?? []).flatMap((each) => ('name' in each ? [each.name.value] : []))
  return [name, ...new Set(fields)].join(' ')
}

type Prepared = ReturnType<typeof preparedFor>['args']

const failed = (fault: Error): ExecutionResult => ({
  errors: [new GraphQLError(fault.message, { originalError: fault })],
})

function writing({ name, log }: AnsweredBy) {
  return (result: ExecutionResult, setCookies: readonly SetCookie[]): string => {
    const { errors, ...rest } = result
    for (const error of (errors ?? []).filter(isFault)) {
      log.error(`${name}.${error.path?.join('.') ?? ''} failed`, error.originalError ?? error)
    }
    return JSON.stringify({
      ...(errors && { errors: errors.map(masked) }),
      ...rest,
      ...(setCookies.length > 0 && { extensions: { setCookies } }),
    })
  }
}

function preparedFor(
  { schema, context }: AnsweredBy,
  parsed: DocumentNode | readonly GraphQLError[],
  { variables, operationName, identity, cookies, address, signal }: Call,
) {
  const setCookies: SetCookie[] = []
  const setCookie = (cookie: SetCookie) => setCookies.push(cookie)
  const request: Request = { identity, cookies: cookies ?? {}, address, signal, setCookie }
  return {
    setCookies,
    invalid: 'kind' in parsed ? null : parsed,
    args: {
      schema,
      document: parsed as DocumentNode,
      variableValues: variables ?? {},
      operationName: operationName ?? null,
      contextValue: context(request),
    },
  }
}

const documentsBySchema = new WeakMap<GraphQLSchema, Documents>()

/** Of a schema that is answered in more than one place each document is read once. */
function documentsOf(schema: GraphQLSchema): Documents {
  const known = documentsBySchema.get(schema) ?? readOnce(schema)
  documentsBySchema.set(schema, known)
  return known
}

function readOnce(schema: GraphQLSchema): Documents {
  const documents = new LRUCache<string, ReturnType<Documents>>({ max: 1000 })
  return (text) => {
    const known = documents.get(text)
    if (known) return known
    const fresh = read(schema, text)
    documents.set(text, fresh)
    return fresh
  }
}

function read(schema: GraphQLSchema, text: string): DocumentNode | readonly GraphQLError[] {
  try {
    const document = parse(text, { maxTokens: 15_000 })
    const invalid = validate(schema, document, undefined, { maxErrors: 5 })
    return invalid.length > 0 ? invalid : document
  } catch (error) {
    return [error as GraphQLError]
  }
}
