import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import type { Answer } from './call.ts'
import { ShopError, Unavailable } from './errors.ts'

export interface Asking {
  /** The shopper or guest for whom it is asked: `user:<id>` or `guest:<id>`. */
  readonly actsFor?: string | undefined
  readonly timeoutMs?: number
}

/**
 * Runs an operation of this subgraph's own `operations/`, by its file's name, as a service. Throws
 * the error of the answer with its code, and `UNAVAILABLE` where no answer came.
 */
export type AskOperation = <Data>(
  operation: string,
  variables: Readonly<Record<string, unknown>>,
  asking?: Asking,
) => Promise<Data>

/** For one subgraph and its folder of operations; nothing else runs for it. */
export type Ask = (service: string, operations: URL) => AskOperation

/** What travels to the router: the hash of an operation that it knows from composition. */
export interface AskedOperation {
  readonly service: string
  readonly hash: string
  readonly operationName: string
  readonly variables: Readonly<Record<string, unknown>>
  readonly actsFor?: string | undefined
  readonly deadline: number
}

export type Router = (asked: AskedOperation) => Promise<Answer>

export const hashOf = (document: string): string =>
  createHash('sha256').update(document).digest('hex')

/**
 * The documents of a folder by the names of their files; none where there is no folder. A file with a
 * capital is a fragment of that name, and stands in every document that spreads it.
 */
export async function operationsIn(folder: URL): Promise<Map<string, string>> {
  const names = await readdir(folder).catch(() => [])
  const files = names.filter((name) => name.endsWith('.graphql')).toSorted()
  const texts = files.map(
    async (name): Promise<[string, string]> => [
      name.replace('.graphql', ''),
      await readFile(new URL(name, folder), 'utf8'),
    ],
  )
  const all = new Map(await Promise.all(texts))
  const operations = [...all].filter(([name]) => !/^[A-Z]/.test(name))
  return new Map(operations.map(([name, text]) => [name, withFragments(text, all)]))
}

function withFragments(text: string, all: ReadonlyMap<string, string>): string {
  const spread = new Set<string>()
  const gather = (within: string) => {
    for (const [, name = ''] of within.matchAll(/\.\.\.([A-Z]\w*)/g)) {
      if (spread.has(name)) continue
      spread.add(name)
      gather(all.get(name) ?? '')
    }
  }
  gather(text)
  return [text, ...[...spread].map((name) => all.get(name) ?? '')].join('\n')
}

export const askThrough =
  (router: Router): Ask =>
  (service, folder) => {
    const documents = operationsIn(folder)
    return async (operation, variables, { actsFor, timeoutMs = 2000 } = {}) => {
      const document = (await documents).get(operation)
      if (!document) throw new Error(`${service} has no operation "${operation}".`)
      const asked = { service, hash: hashOf(document), operationName: operation, variables }
      return dataOf(await router({ ...asked, actsFor, deadline: Date.now() + timeoutMs }))
    }
  }

function dataOf<Data>({ data, errors = [] }: Answer): Data {
  const [first] = errors
  if (first) throw new Refused(first.message, String(first.extensions?.code ?? 'INTERNAL'))
  if (!data) throw new Unavailable('The shop did not answer.')
  return data
}

/** What another subgraph refused, with its code. */
export class Refused extends ShopError {
  readonly code: string

  constructor(message: string, code: string) {
    super(message)
    this.code = code
  }
}
