import {
  type GraphQLType,
  getNullableType,
  isInputObjectType,
  isListType,
  typeFromAST,
} from 'graphql'
import { Refusal } from '../answer/refusal.ts'
import { denialOf } from '../identity/denial.ts'
import type { RequestRecord } from '../request.ts'
import { bad } from './parts.ts'
import type { Upload } from './upload.ts'

/** Files are taken in when it is known that the operation may be run: nobody else's are. */
export function uploadStep(request: RequestRecord): Promise<void> | undefined {
  const { upload } = request
  return upload && receive(upload, request)
}

async function receive(upload: Upload, request: RequestRecord): Promise<void> {
  const { document, identity } = request
  if (document?.operation.operation !== 'mutation') throw bad('Files come with a mutation.')
  if (document.denied?.size) {
    const { code, message } = denialOf(identity)
    throw Refusal.of(code, message)
  }
  for (const { path } of upload.places) {
    if (!isUpload(path, request)) throw bad('A file stands where none is asked for.')
  }
  await upload.receive()
}

/** Whether the schema has a file at this place of the variables. */
function isUpload([name, ...rest]: readonly string[], request: RequestRecord): boolean {
  const { document, generation } = request
  const defined = document?.operation.variableDefinitions?.find(
    ({ variable }) => variable.name.value === name,
  )
  // The overloads of `typeFromAST` want to know which kind of type it is.
  const type = defined && (typeFromAST(generation.schema, defined.type as never) as GraphQLType)
  return String(rest.reduce(typeWithin, type && getNullableType(type))) === 'Upload'
}

function typeWithin(type: GraphQLType | undefined, segment: string): GraphQLType | undefined {
  if (isListType(type)) return getNullableType(type.ofType)
  if (!isInputObjectType(type)) return undefined
  const field = type.getFields()[segment]
  return field && getNullableType(field.type)
}
