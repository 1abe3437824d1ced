import { type AnswerPath, isData, passes } from '../execute/values.ts'
import type { Data } from '../json.ts'
import type { OwnNames } from '../plan/own-names.ts'
import type { Kinds } from '../supergraph/read.ts'
import type { Deferral } from './deferrals.ts'

/** An object that a part is told of, as it was fetched and as the client has it by now. */
export interface Place {
  readonly object: Data
  readonly told: Data
  readonly path: AnswerPath
}

interface Reading {
  readonly kinds: Kinds
  readonly names: OwnNames
}

/** Where a part belongs: at every object its way leads to that the client was told of. */
export function placesOf(
  { way, on }: Deferral,
  { object, told }: Pick<Place, 'object' | 'told'>,
  { kinds, names }: Reading,
): readonly Place[] {
  let here: readonly Place[] = [{ object, told, path: [] }]
  for (const step of way) {
    const key = (step.field.alias ?? step.field.name).value
    here = here
      .filter((place) => isOf(place, step.on, kinds))
      .flatMap(({ path, ...place }) =>
        inside(place.object[names.of(step.field)], place.told[key], [...path, key]),
      )
  }
  return here.filter((place) => isOf(place, on, kinds))
}

const isOf = ({ object }: Place, on: readonly string[], kinds: Kinds) =>
  on.every((type) => passes(object, [type], kinds))

function inside(object: unknown, told: unknown, path: AnswerPath): Place[] {
  if (!isData(object) || !isData(told)) return []
  if (!Array.isArray(object)) return [{ object, told, path }]
  if (!Array.isArray(told)) return []
  return object.flatMap((each, at) => inside(each, told[at], [...path, at]))
}
