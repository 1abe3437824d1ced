import type { Data } from '../json.ts'
import type { Kinds } from '../supergraph/read.ts'
import { copyOf, isFlat, merge, type Path } from './values.ts'

/**
 * An entity that was fetched once and stands in many places. Those of one path may share its inner
 * objects, since what is fetched for them later is the same; another path gets a copy, as a name may
 * mean something else there.
 */
export class Shared {
  #value: Data | null = null
  #isFlat = false
  #path: Path | null = null
  #others: Map<Path, Data> | null = null

  land(value: Data, kinds: Kinds): void {
    this.#isFlat = isFlat(value) && !kinds.hasMembers(value.__typename as string)
    this.#value = value
  }

  put(target: Data, path: Path, kinds: Kinds): void {
    const value = this.#value
    if (value === null) return
    if (this.#isFlat) for (const key in value) target[key] = value[key]
    else merge(target, this.#for(path, value), kinds)
  }

  #for(path: Path, value: Data): Data {
    this.#path ??= path
    if (this.#path === path) return value
    this.#others ??= new Map()
    const known = this.#others.get(path)
    if (known) return known
    const copy = copyOf(value)
    this.#others.set(path, copy)
    return copy
  }
}
