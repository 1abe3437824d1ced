import { getVariableValues } from 'graphql'
import { Refusal } from '../answer/refusal.ts'
import type { Data } from '../json.ts'
import type { RequestRecord } from '../request.ts'

/** From what the client wrote to a valid document and its variables. */
export function documentStep(request: RequestRecord): void {
  const { params, generation } = request
  const query = request.text ?? params.query
  if (!query) throw Refusal.of('BAD_REQUEST', 'There is no query in the request.')
  const document = generation.documents.check(query, params.operationName)
  if (request.readOnly && document.operation.operation === 'mutation') {
    throw Refusal.of('METHOD_NOT_ALLOWED', 'A GET request can only read.', {
      status: 405,
      headers: { allow: 'POST' },
    })
  }
  request.document = document
  request.variables = coerced(request, document.operation.variableDefinitions ?? [])
}

function coerced(
  { params, generation }: RequestRecord,
  definitions: Parameters<typeof getVariableValues>[1],
): Data {
  if (definitions.length === 0) return {}
  const { schema, echoes } = generation
  const { coerced: values, errors } = getVariableValues(schema, definitions, params.variables, {
    maxErrors: 5,
  })
  if (!errors) return values
  throw new Refusal(
    errors.slice(0, 5).map(({ message }) => ({
      message: echoes ? message : withoutValue(message),
      extensions: { code: 'BAD_USER_INPUT' },
    })),
  )
}

/** A wrong value may be a password: only where it stands is told. */
function withoutValue(message: string): string {
  const variable = /^Variable "(\$\w+)"/.exec(message)?.[1] ?? 'A variable'
  const place = / at "([\w.[\]]+)";/.exec(message)?.[1]
  return `${variable} has a value of the wrong type${place ? ` at ${place}` : ''}.`
}
