import type { PathStep, Rewrite } from '../plan/nodes.ts'
import type { Data } from '../request.ts'
import type { Kinds } from '../supergraph/read.ts'

export type Path = readonly PathStep[]

export const isData = (value: unknown): value is Data => typeof value === 'object' && value !== null

/** Whether a step that asks for types lets an object pass; one of unknown type it lets pass. */
export function passes(value: Data, types: readonly string[], kinds: Kinds): boolean {
  const name = value.__typename
  return typeof name !== 'string' || types.some((type) => kinds.is(name, type))
}

/** The objects a path leads to, through lists, nulls left out. */
export function collect(value: unknown, path: Path, { from, into, kinds }: Collecting): void {
  let here = value
  for (let at = from; at < path.length; at++) {
    if (here === null || here === undefined) return
    const step = path[at] as PathStep
    if (Array.isArray(here)) {
      const next = { from: step === '@' ? at + 1 : at, into, kinds }
      for (const each of here) collect(each, path, next)
      return
    }
    if (step === '@') return
    if (typeof step === 'string') here = (here as Data)[step]
    else if (!passes(here as Data, step.types, kinds)) return
  }
  if (Array.isArray(here)) addAll(here, into)
  else if (isData(here)) into.push(here)
}

interface Collecting {
  readonly from: number
  readonly into: Data[]
  readonly kinds: Kinds
}

function addAll(list: readonly unknown[], into: Data[]): void {
  for (const each of list) {
    if (Array.isArray(each)) addAll(each, into)
    else if (isData(each)) into.push(each)
  }
}

export type AnswerPath = readonly (string | number)[]

/** Where each object stands that `collect` would find, in the same order. */
export function places(value: unknown, path: Path, kinds: Kinds): AnswerPath[] {
  const found: AnswerPath[] = []
  const walk = (here: unknown, at: number, before: AnswerPath): void => {
    if (!isData(here)) return
    const step = path[at]
    if (Array.isArray(here)) {
      const next = step === '@' ? at + 1 : at
      here.forEach((each, index) => {
        walk(each, next, [...before, index])
      })
    } else if (step === undefined) found.push(before)
    else if (typeof step !== 'string') {
      if (passes(here, step.types, kinds)) walk(here, at + 1, before)
    } else if (step !== '@') walk(here[step], at + 1, [...before, step])
  }
  walk(value, 0, [])
  return found
}

/**
 * Writes what a subgraph answered into what is there, object by object. Which type an object is
 * stays known when a subgraph that has its interface as an object says the interface's name.
 */
export function merge(target: Data, source: Data, kinds: Kinds): void {
  for (const key in source) {
    const from = source[key]
    if (from === undefined || key === '__proto__') continue
    const to = target[key]
    if (!isData(from) || !isData(to) || to === from) {
      if (key === '__typename' && to !== undefined && kinds.hasMembers(from as string)) continue
      target[key] = from
    } else if (!Array.isArray(from)) merge(to, from, kinds)
    else if (Array.isArray(to) && to.length === from.length) mergeLists(to, from, kinds)
    else target[key] = from
  }
}

function mergeLists(target: unknown[], source: readonly unknown[], kinds: Kinds): void {
  for (let at = 0; at < source.length; at++) {
    const from = source[at]
    const to = target[at]
    if (!isData(from) || !isData(to)) target[at] = from
    else if (!Array.isArray(from)) merge(to, from, kinds)
    else if (Array.isArray(to) && to.length === from.length) mergeLists(to, from, kinds)
    else target[at] = from
  }
}

/** Of JSON. */
export function copyOf<V>(value: V): V
export function copyOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => copyOf(each))
  if (!isData(value)) return value
  const copy: Data = {}
  for (const key in value) copy[key] = copyOf(value[key])
  return copy
}

/** True when nothing in it is an object: then it is merged by assignment. */
export function isFlat(value: Data): boolean {
  for (const key in value) {
    const each = value[key]
    if (typeof each === 'object' && each !== null) return false
  }
  return true
}

export function applyRewrites(rewrites: readonly Rewrite[], value: unknown, kinds: Kinds): void {
  for (const rewrite of rewrites) {
    atPath(value, rewrite.path, {
      from: 0,
      kinds,
      act: (object) => {
        if (rewrite.kind === 'set') object[rewrite.key] = rewrite.value
        else if (object[rewrite.key]) {
          object[rewrite.to] = object[rewrite.key]
          object[rewrite.key] = undefined
        }
      },
    })
  }
}

interface Acting {
  readonly from: number
  readonly kinds: Kinds
  readonly act: (object: Data) => void
}

function atPath(value: unknown, path: Path, acting: Acting): void {
  if (Array.isArray(value)) {
    for (const each of value) atPath(each, path, acting)
    return
  }
  if (!isData(value)) return
  const step = path[acting.from]
  if (step === undefined) return acting.act(value)
  const next = { ...acting, from: acting.from + 1 }
  if (typeof step === 'string') atPath(value[step], path, next)
  else if (passes(value, step.types, acting.kinds)) atPath(value, path, next)
}
