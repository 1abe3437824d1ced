import { newId } from '@shop/kit/ids'
import { bad } from './parts.ts'

/** Where a file stands among the variables, and the key it will have in the store. */
export interface Place {
  readonly path: readonly string[]
  readonly key: string
}

/** Of the map of a form: places by the name of their file. Their nulls become keys of files. */
export function placesIn(
  operations: unknown,
  map: unknown,
  mostPlaces: number,
): ReadonlyMap<string, readonly Place[]> {
  if (typeof map !== 'object' || map === null || Array.isArray(map)) {
    throw bad('The map of the form is not an object.')
  }
  let left = mostPlaces
  return new Map(
    Object.entries(map).map(([name, paths]) => {
      if (!Array.isArray(paths) || paths.length === 0) throw bad('A file of the map has no place.')
      left -= paths.length
      if (left < 0) throw bad('The map of the form has too many places.')
      const key = `uploads/request/${newId()}`
      return [name, paths.map((path) => ({ path: put(operations, path, key), key }))]
    }),
  )
}

/** Gives the path among the variables. Only what stands there of itself is walked, and only a null is replaced. */
function put(operations: unknown, path: unknown, key: string): readonly string[] {
  const [root, ...rest] = typeof path === 'string' ? path.split('.') : []
  const last = rest.at(-1)
  const holder = ['variables', ...rest.slice(0, -1)].reduce(within, operations)
  if (root !== 'variables' || last === undefined || within(holder, last) !== null) {
    throw bad('The map of the form names a place that is not there, or not null.')
  }
  ;(holder as Record<string, unknown>)[last] = key
  return rest
}

function within(value: unknown, name: string): unknown {
  const isHolder = typeof value === 'object' && value !== null && Object.hasOwn(value, name)
  if (!isHolder || name === '__proto__') return undefined
  return (value as Record<string, unknown>)[name]
}
