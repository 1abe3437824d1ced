import type { Data } from '../json.ts'
import type { PathStep, Rewrite } from '../plan/nodes.ts'
import type { Kinds } from '../supergraph/read.ts'

export type Path = readonly PathStep[]

export const isData = (value: unknown): value is Data => typeof value === 'object' && value !== null

/** Whether a step that asks for types lets an object pass; one of unknown type it lets pass. */
export function passes(value: Data, types: readonly string[], kinds: Kinds): boolean {
  const name = value.__typename
  return typeof name !== 'string' || types.some((type) => kinds.is(name, type))
}

export interface Collecting {
  readonly path: Path
  readonly into: Data[]
  readonly kinds: Kinds
}

/** The objects a path leads to, through lists, nulls left out. */
export function collect(value: unknown, collecting: Collecting, from = 0): void {
  const { path, into, kinds } = collecting
  let here = value
  let at = from
  while (at < path.length && isData(here) && !Array.isArray(here)) {
    const step = path[at++] as PathStep
    here = typeof step === 'string' ? here[step] : passing(here, step.types, kinds)
  }
  if (!isData(here)) return
  if (!Array.isArray(here)) into.push(here)
  else if (at === path.length) addAll(here, into)
  else collectEach(here, collecting, path[at] === '@' ? at + 1 : at)
}

function collectEach(list: readonly unknown[], collecting: Collecting, from: number): void {
  for (let at = 0; at < list.length; at++) collect(list[at], collecting, from)
}

const passing = (value: Data, types: readonly string[], kinds: Kinds) =>
  passes(value, types, kinds) ? value : undefined

function addAll(list: readonly unknown[], into: Data[]): void {
  for (const each of list) {
    if (Array.isArray(each)) addAll(each, into)
    else if (isData(each)) into.push(each)
  }
}

export type AnswerPath = readonly (string | number)[]

/** Where each object stands that `collect` would find, in the same order. */
export function places(value: unknown, path: Path, kinds: Kinds): AnswerPath[] {
  if (!isData(value)) return []
  const [step, ...rest] = path
  if (Array.isArray(value)) {
    const inner = step === '@' ? rest : path
    return value.flatMap((each, index) => under(index, places(each, inner, kinds)))
  }
  if (step === undefined) return [[]]
  const next = typeof step === 'string' ? value[step] : passing(value, step.types, kinds)
  const found = places(next, rest, kinds)
  return typeof step === 'string' ? under(step, found) : found
}

const under = (step: string | number, paths: readonly AnswerPath[]): AnswerPath[] =>
  paths.map((path) => [step, ...path])

/**
 * Writes what a subgraph answered into what is there, object by object. Which type an object is
 * stays known when a subgraph that has its interface as an object says the interface's name.
 */
export function merge(target: Data, source: Data, kinds: Kinds): void {
  for (const key in source) {
    const from = source[key]
    const to = target[key]
    if (from === undefined || key === '__proto__') continue
    if (isData(to) && isData(from)) target[key] = merged(to, from, kinds)
    else if (to === undefined || key !== '__typename' || !kinds.hasMembers(from as string)) {
      target[key] = from
    }
  }
}

/** Lists of different lengths cannot be told apart by place: then what came last stands. */
function merged(to: Data, from: Data, kinds: Kinds): Data {
  if (to === from) return to
  if (!Array.isArray(from)) merge(to, from, kinds)
  else if (!Array.isArray(to) || to.length !== from.length) return from
  else mergeLists(to, from, kinds)
  return to
}

function mergeLists(target: unknown[], source: readonly unknown[], kinds: Kinds): void {
  for (let at = 0; at < source.length; at++) {
    const from = source[at]
    const to = target[at]
    target[at] = isData(from) && isData(to) ? merged(to, from, kinds) : from
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
        else if (object[rewrite.key] !== undefined) {
          merge(object, { [rewrite.to]: object[rewrite.key] }, kinds)
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
  if (step === undefined) {
    acting.act(value)
    return
  }
  const next = { ...acting, from: acting.from + 1 }
  if (typeof step === 'string') atPath(value[step], path, next)
  else if (passes(value, step.types, acting.kinds)) atPath(value, path, next)
}
