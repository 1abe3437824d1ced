import type { KeptEntities } from '../cache/entities.ts'
import type { Data } from '../json.ts'
import type { SubgraphAnswer, SubgraphError } from './link.ts'

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
