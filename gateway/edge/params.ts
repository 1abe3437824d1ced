import { Refusal } from '../answer/refusal.ts'
import type { Data } from '../json.ts'
import type { Params } from '../request.ts'

/** Of lists and objects in variables: deeper ones are for no schema, and would run a stack over. */
const mostNesting = 64
const none: Data = Object.freeze({})

/** Of a POST's body. Throws a `Refusal` for what is not a GraphQL request. */
export function paramsOfBody(body: string): Params {
  return paramsOf(parsed(body, 'The body is not JSON.'))
}

/** Of a GET's query string. */
export function paramsOfSearch(search: URLSearchParams): Params {
  return paramsOf({
    query: search.get('query') ?? undefined,
    operationName: search.get('operationName') ?? undefined,
    variables: fromSearch(search, 'variables'),
    extensions: fromSearch(search, 'extensions'),
    documentId: search.get('documentId') ?? undefined,
  })
}

function fromSearch(search: URLSearchParams, name: string): unknown {
  const text = search.get(name)
  return text === null || text === '' ? undefined : parsed(text, `"${name}" is not JSON.`)
}

function parsed(text: string, otherwise: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw bad(otherwise)
  }
}

/** Of JSON that was read already. */
export function paramsOf(given: unknown): Params {
  if (Array.isArray(given)) throw bad('Batches of operations are not taken.')
  if (typeof given !== 'object' || given === null) throw bad('The request is not an object.')
  const { query, operationName, variables, extensions, documentId } = given as Partial<
    Record<string, unknown>
  >
  return {
    query: textOf(query, 'query'),
    operationName: textOf(operationName, 'operationName') || undefined,
    variables: objectOf(variables, 'variables'),
    extensions: withId(objectOf(extensions, 'extensions'), textOf(documentId, 'documentId')),
  }
}

/** GraphQL over HTTP has ids of documents in a parameter, Apollo's clients in an extension. */
const withId = (extensions: Data, id: string | undefined): Data =>
  id === undefined
    ? extensions
    : { ...extensions, persistedQuery: { version: 1, sha256Hash: id.replace(/^sha256:/, '') } }

function textOf(value: unknown, name: string): string | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'string') throw bad(`"${name}" is not a string.`)
  return value
}

function objectOf(value: unknown, name: string): Data {
  if (value === undefined || value === null) return none
  if (typeof value !== 'object' || Array.isArray(value)) throw bad(`"${name}" is not an object.`)
  if (!isShallow(value)) throw bad(`"${name}" is nested too deeply.`)
  return value as Data
}

function isShallow(value: object): boolean {
  let level: object[] = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > mostNesting) return false
    level = level.flatMap((each) =>
      Object.values(each).filter((inner) => typeof inner === 'object' && inner !== null),
    )
  }
  return true
}

const bad = (message: string) => Refusal.of('BAD_REQUEST', message)
