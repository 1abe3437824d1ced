import { GraphQLError, type GraphQLFormattedError } from 'graphql'
import { ShopError } from './errors.ts'
import { isLost } from './lost.ts'

/**
 * What a client may know of a fault: a ShopError's own words, of a mistake in the document where
 * it is, and of anything else nothing. Both forms of a link answer through this one function.
 */
export function masked(error: unknown): GraphQLFormattedError {
  const { message, path, locations, originalError, extensions } = error as GraphQLError
  const where = { ...(locations && { locations }), ...(path && { path }) }
  if (originalError instanceof ShopError) {
    return { message, ...where, extensions: extensionsOf(originalError) }
  }
  if (unwritable.has((originalError as { code?: string } | undefined)?.code ?? '')) {
    const extensions = { code: 'BAD_USER_INPUT' }
    return { message: 'No text has a zero character.', ...where, extensions }
  }
  if (isLost(originalError)) {
    const extensions = { code: 'UNAVAILABLE' }
    return { message: 'The shop is away for a moment; ask again.', ...where, extensions }
  }
  // Coercion of a variable fails before there is a path, and its message repeats the value.
  const isClients = !path && (!originalError || originalError instanceof GraphQLError)
  if (!isClients) {
    return { message: 'Something went wrong.', ...where, extensions: { code: 'INTERNAL' } }
  }
  const code = extensions?.code ?? 'GRAPHQL_VALIDATION_FAILED'
  return { message: withoutValue(message, originalError?.message), ...where, extensions: { code } }
}

/** PostgreSQL keeps no zero character, in a text or in a document: who sent one is told so. */
const unwritable = new Set(['22021', '22P05'])

/** Whether this is ours to mend, and so to be logged. */
export function isFault(error: unknown): boolean {
  return (
    masked(error).extensions?.code === 'INTERNAL' || isLost((error as GraphQLError).originalError)
  )
}

function extensionsOf(error: ShopError): Record<string, unknown> {
  const { code } = error
  const retry = (error as { retryAfterSeconds?: number }).retryAfterSeconds
  return retry === undefined ? { code } : { code, retryAfterSeconds: retry }
}

/**
 * graphql-js quotes what it was given, as often as twice: a password of the wrong type must not come
 * back. What is wrong with a variable it says in an error of its own, behind the path.
 */
function withoutValue(message: string, inner = ''): string {
  const [, name] = /^Variable "\$(\w+)" got invalid value /.exec(message) ?? []
  if (!name) return withoutQuoted(message)
  const [, path] =
    / at "([\w.[\]]+)"; $/.exec(message.slice(0, message.length - inner.length)) ?? []
  const reason = inner ? `; ${withoutQuoted(inner)}` : '.'
  return `Variable "$${name}" got an invalid value${path ? ` at "${path}"` : ''}${reason}`
}

const withoutQuoted = (message: string) =>
  message
    .replace(/ cannot represent ([^:]*):.*$/s, ' cannot represent $1.')
    .replace(/^Value .* does not exist in /s, 'This value does not exist in ')
    .replace(/ enum\. Did you mean .*$/s, ' enum.')
    .replace(/, found .*$/s, '.')
