import { randomFrom } from '@shop/kit/learn/random'
import type { Topology } from './shop.ts'

export const steps = [
  ...['hold', 'price', 'risk', 'authorize', 'commit', 'capture', 'confirm'],
] as readonly string[]

export const phases = ['before', 'in', 'after'] as const
export type Phase = (typeof phases)[number]

/** Whose death is meant: who walks, who owns the step, or the database of both. */
export type Role = 'runner' | 'owner' | 'postgres'

export interface Cell {
  readonly role: Role
  readonly step: string
  readonly phase: Phase
}

export type Blow =
  | ({ readonly kind: 'cell' } & Cell)
  /** Anybody, at no point in particular. */
  | { readonly kind: 'random'; readonly victim: string }

export interface Planned {
  readonly blow: Blow
  /** After the last was over. */
  readonly afterMs: number
}

export const nameOf = (blow: Blow): string =>
  blow.kind === 'cell' ? `${blow.role} ${blow.step}.${blow.phase}` : blow.victim

/** In one process who walks and who owns are the same. */
const rolesIn = (topology: Topology): readonly Role[] =>
  topology === 'solo' ? ['runner', 'postgres'] : ['runner', 'owner', 'postgres']

export function cellsOf(topology: Topology, phase: readonly Phase[] = phases): Cell[] {
  return rolesIn(topology).flatMap((role) =>
    steps.flatMap((step) => phase.map((each): Cell => ({ role, step, phase: each }))),
  )
}

interface Asked {
  readonly seed: number
  readonly kills: number
  readonly topology: Topology
  readonly victims: readonly string[]
}

/**
 * The same seed gives the same schedule. Two of three blows are aimed, always at a cell that was
 * aimed at least often so far; the others fall on anybody.
 */
export function scheduleOf({ seed, kills, topology, victims }: Asked): Planned[] {
  const random = randomFrom(seed)
  const round = <T>(values: readonly T[]) => {
    let left: T[] = []
    return () => {
      if (left.length === 0) left = random.shuffled(values)
      return left.pop() as T
    }
  }
  const [nextCell, nextVictim] = [round(cellsOf(topology)), round(victims)]
  return Array.from({ length: kills }, (_, at): Planned => {
    const isAimed = at % 3 !== 2
    const blow: Blow = isAimed
      ? { kind: 'cell', ...nextCell() }
      : { kind: 'random', victim: nextVictim() }
    return { blow, afterMs: 500 + random.below(3000) }
  })
}
