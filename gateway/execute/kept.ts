import type { GraphQLSchema } from 'graphql'
import type { Data } from '../json.ts'
import type { Applied } from '../supergraph/applied.ts'
import type { Group } from './groups.ts'
import type { SubgraphAnswer, SubgraphError } from './link.ts'

/** Entities of one fetch that were kept, by how they were asked for. */
export interface KeptEntities {
  read(variables: string, representations: readonly string[]): Promise<(Data | undefined)[]>
  /** What was asked for at a moment, and is not kept where it was purged since. */
  write(asked: Asked, entities: readonly (readonly [representation: string, Data])[]): void
}

interface Asked {
  readonly variables: string
  /** By `Date.now()`. */
  readonly at: number
}

/** What is kept of a fetch between requests; nothing where nothing may be. */
export type KeepEntities = (
  fetch: Pick<Group, 'entries'> & { readonly text: string },
  graph: { readonly applied: Applied; readonly schema: GraphQLSchema },
) => KeptEntities | undefined

interface Asking {
  readonly kept: KeptEntities
  /** The fetch's own, as JSON. */
  readonly variables: string
  readonly ask: (representations: readonly string[]) => Promise<SubgraphAnswer>
}

/** Asks only for those that are not kept, and answers for all. */
export async function askKept(
  all: readonly string[],
  { kept, variables, ask }: Asking,
): Promise<SubgraphAnswer> {
  const at = Date.now()
  const known = await kept.read(variables, all)
  const missing = all.flatMap((_, place) => (known[place] === undefined ? [place] : []))
  if (missing.length === 0) return { data: { _entities: known } }
  const wanted = missing.map((place) => all[place] ?? '')
  const { data, errors } = await ask(wanted)
  const fresh = data?._entities
  // What is no answer to this is told as such where it is read.
  if (!Array.isArray(fresh) || fresh.length !== missing.length) return { data, errors }
  if (!errors)
    kept.write(
      { variables, at },
      wanted.flatMap((each, n) => entityOf(each, fresh[n])),
    )
  missing.forEach((place, n) => {
    known[place] = fresh[n]
  })
  return { data: { _entities: known }, errors: errors?.map((error) => moved(error, missing)) }
}

const entityOf = (representation: string, entity: Data | null): [string, Data][] =>
  entity ? [[representation, entity]] : []

function moved(error: SubgraphError, places: readonly number[]): SubgraphError {
  if (!Array.isArray(error.path)) return error
  const [field, index, ...rest] = error.path
  return { ...error, path: [field, places[index] ?? index, ...rest] }
}
