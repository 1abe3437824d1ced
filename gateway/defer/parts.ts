import { faultsOfAsked } from '../answer/asked.ts'
import { hold } from '../answer/conditions.ts'
import { deniedPlaces } from '../answer/denied.ts'
import { toldOf } from '../answer/step.ts'
import type { Fault } from '../execute/faults.ts'
import type { Run } from '../execute/run.ts'
import { merge } from '../execute/values.ts'
import { denialOf } from '../identity/denial.ts'
import type { Data } from '../json.ts'
import type { OwnNames } from '../plan/own-names.ts'
import type { RequestRecord } from '../request.ts'
import type { Part } from './compile.ts'
import { type Place, placesOf } from './places.ts'

export interface Telling {
  readonly request: RequestRecord
  readonly run: Run
  readonly parts: readonly Part[]
  readonly names: OwnNames
  /** What the client has by now. */
  readonly told: Data
  next(text: string): void
}

/** Fetches what was put off and tells each part when it is there. Rejects with a fault of ours. */
export async function tellParts(telling: Telling): Promise<void> {
  const { parts, run } = telling
  const teller = new Teller(telling)
  const fetched: Promise<unknown>[] = []
  const told: Promise<void>[] = []
  for (const part of parts) {
    const mine = Promise.all(part.awaits.map((at) => fetched[at])).then(() => part.work?.(run))
    fetched.push(mine)
    const before = part.within === undefined ? undefined : told[part.within]
    told.push(Promise.all([mine, before]).then(() => teller.tell(part)))
  }
  await Promise.all(told)
}

class Teller {
  readonly #telling: Telling
  readonly #untold: Fault[] = []
  readonly #names: OwnNames
  #seen: number
  #left: number

  constructor(telling: Telling) {
    this.#telling = telling
    this.#seen = telling.request.faults.length
    this.#left = telling.parts.length
    this.#names = telling.names
  }

  tell(part: Part): void {
    const { request, told, run, next } = this.#telling
    const isLast = --this.#left === 0
    this.#hear()
    const isThere = hold(part.deferral.conditions, run.variables)
    const { kinds } = request.generation.supergraph
    const reading = { kinds, names: this.#names }
    const places = isThere ? placesOf(part.deferral, { object: run.data, told }, reading) : []
    const texts = places.map((place, at) => this.#one(part, place, at === 0))
    // What belongs to nothing that is told any more.
    const lost = isLast ? toldOf(this.#untold, request) : []
    if (texts.length === 0 && !isLast) return
    const incremental = texts.length > 0 ? `"incremental":[${texts.join(',')}],` : ''
    const errors = lost.length > 0 ? `"errors":${JSON.stringify(lost)},` : ''
    next(`{${incremental}${errors}"hasNext":${!isLast}}`)
  }

  #one({ deferral, writings }: Part, place: Place, isFirst: boolean): string {
    const { request, run } = this.#telling
    const { object, told, path } = place
    const [only] = writings.values()
    const writing = writings.get(String(object.__typename)) ?? only
    const introspected = request.compiled?.introspect?.(run.variables) ?? {}
    const noted = { isWrong: false, introspected }
    const data = writing?.project(object, run.variables, noted)
    if (data !== undefined) merge(told, JSON.parse(data), request.generation.supergraph.kinds)
    const denied = writing ? deniedPlaces(writing.shape, object, run.variables) : []
    const why = denialOf(request.identity)
    const denials = denied.map((at) => ({ ...why, path: [...path, ...at], service: '' }))
    const faults = [...this.#take(path, isFirst), ...denials]
    const errors = JSON.stringify(toldOf(faults, request))
    return (
      `{"data":${data ?? 'null'},"path":${JSON.stringify(path)}` +
      (deferral.label === undefined ? '' : `,"label":${JSON.stringify(deferral.label)}`) +
      (faults.length === 0 ? '}' : `,"errors":${errors}}`)
    )
  }

  #hear(): void {
    const { request, run } = this.#telling
    const { faults, compiled } = request
    const heard = faults.slice(this.#seen)
    this.#untold.push(...(compiled ? faultsOfAsked(heard, compiled, run.data) : heard))
    this.#seen = faults.length
  }

  /** What went wrong within a place; and, once, what no place is known of. */
  #take(path: Place['path'], isFirst: boolean): Fault[] {
    const isMine = (fault: Fault) =>
      fault.path
        ? path.every((step, at) => this.#names.clientsOf(fault.path?.[at] ?? '') === step)
        : isFirst
    const mine = this.#untold.filter(isMine)
    const others = this.#untold.filter((fault) => !isMine(fault))
    this.#untold.splice(0, this.#untold.length, ...others)
    return mine
  }
}
