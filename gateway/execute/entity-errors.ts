import { type Fault, faultOf, pathOf } from './faults.ts'
import type { SubgraphError } from './link.ts'
import type { AnswerPath } from './values.ts'

interface EntityPath {
  /** Of the field of `_entities`, which batches give an alias. */
  readonly field: string
  readonly index: number
  readonly rest: AnswerPath
}

/** Which of the entities a subgraph was asked for an error is about. */
export function entityPathOf(error: SubgraphError): EntityPath | null {
  const path = pathOf(error)
  if (!path) return null
  const [field, index, ...rest] = path
  return typeof field === 'string' && typeof index === 'number' ? { field, index, rest } : null
}

interface Where {
  readonly service: string
  /** Every place of the answer at which the entity stands. */
  readonly places: readonly AnswerPath[]
  /** What the plan called a field, and what the client did. */
  readonly renamed: ReadonlyMap<string, string>
}

/** An entity is fetched once and may stand in many places: its error is told at each. */
export function faultsOfEntity(errors: readonly SubgraphError[], where: Where): Fault[] {
  return errors.flatMap((error) => {
    const rest = (entityPathOf(error)?.rest ?? []).map((step) => whatClientCalls(step, where))
    return where.places.map((place) => faultOf(error, where.service, [...place, ...rest]))
  })
}

export const whatClientCalls = (
  step: string | number,
  { renamed }: Pick<Where, 'renamed'>,
): string | number => (typeof step === 'string' ? (renamed.get(step) ?? step) : step)
