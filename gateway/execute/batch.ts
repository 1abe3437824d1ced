import type { Data } from '../json.ts'
import type { Batch, BatchFetch } from '../plan/nodes.ts'
import { caller, renames } from './call.ts'
import { entityPathOf, faultsOfEntity } from './entity-errors.ts'
import { compileFallback } from './fallback.ts'
import { faultOf, faultOfLink } from './faults.ts'
import { groupOf } from './groups.ts'
import { LinkFault, type SubgraphAnswer, type SubgraphError } from './link.ts'
import { compileRepresentation, type Represent, shortKey } from './representations.ts'
import type { Run, Work } from './run.ts'
import { Shared } from './shared.ts'
import { applyRewrites, collect, isData, type Path, places } from './values.ts'
import type { World } from './world.ts'

interface CompiledBatch {
  readonly batch: Batch
  readonly paths: readonly Path[]
  readonly represent: Represent
  readonly renamed: ReadonlyMap<string, string>
}

/** What one alias asks for in one run: which place of the list each object's entity has. */
interface Asked extends CompiledBatch {
  /** By path. */
  readonly targets: readonly (readonly Data[])[]
  readonly slots: readonly (readonly number[])[]
  readonly representations: readonly string[]
}

/** Of an object that nothing can be asked about. */
const noSlot = -1

/** Several lists of entities of one subgraph in one request, each under an alias. */
export function compileBatch(node: BatchFetch, base: Path, world: World): Work {
  const group = groupOf(node.operation, world.applied)
  const call = caller(node, world, group)
  const fallback = compileFallback(group, world)
  const compiled = node.batches.map((batch) => ({
    batch,
    paths: batch.paths.map((path) => [...base, ...path]),
    represent: compileRepresentation(batch, world.kinds),
    renamed: renames(batch),
  }))

  return async (run) => {
    const asked = compiled.map((each) => wantedOf(each, run, world))
    if (asked.every(({ representations }) => representations.length === 0)) return
    const lists = asked.map(
      ({ batch, representations }) =>
        `${JSON.stringify(batch.representations)}:[${representations.join(',')}]`,
    )
    try {
      land(await call(run, lists.join(',')), { asked, run, node, world })
    } catch (error) {
      fallback?.apply(
        run,
        asked.flatMap(({ targets }) => targets.flat()),
      )
      if (fallback?.isWhole) return
      run.faults.push(faultOfLink(error, node.service, node.operationKind === 'mutation'))
    }
  }
}

function wantedOf(compiled: CompiledBatch, run: Run, { kinds }: World): Asked {
  const wanted = new Wanted(compiled.represent, run.variables)
  const targets = compiled.paths.map((path) => {
    const into: Data[] = []
    collect(run.data, { path, into, kinds })
    return into
  })
  const slots = targets.map((each) => each.map((target) => wanted.slotOf(target)))
  return { ...compiled, targets, slots, representations: wanted.representations }
}

/** Gives equal entities the same place in one list. */
class Wanted {
  readonly representations: string[] = []
  readonly #represent: Represent
  readonly #variables: Data
  readonly #slots = new Map<string, number>()
  readonly #short = new Map<string | number, number>()

  constructor(represent: Represent, variables: Data) {
    this.#represent = represent
    this.#variables = variables
  }

  slotOf(target: Data): number {
    const key = shortKey(this.#represent, target)
    if (key === undefined) return this.#slotByText(target)
    let slot = this.#short.get(key)
    if (slot === undefined) {
      slot = this.#slotByText(target)
      this.#short.set(key, slot)
    }
    return slot
  }

  #slotByText(target: Data): number {
    const text = this.#represent(target, this.#variables)
    if (text === null) return noSlot
    const known = this.#slots.get(text)
    if (known !== undefined) return known
    this.#slots.set(text, this.representations.length)
    return this.representations.push(text) - 1
  }
}

interface Landing {
  readonly asked: readonly Asked[]
  readonly run: Run
  readonly node: BatchFetch
  readonly world: World
}

function land({ data, errors }: SubgraphAnswer, landing: Landing): void {
  if (errors) tell(errors, landing)
  if (!data) return
  for (const each of landing.asked) {
    const entities = data[each.batch.alias]
    // An alias may be skipped by a condition of the operation.
    if (entities === undefined && each.representations.length === 0) continue
    if (!Array.isArray(entities) || entities.length !== each.representations.length) {
      throw new LinkFault('not-graphql', true)
    }
    put(each, entities, landing.world)
  }
}

function put({ batch, paths, ...asked }: Asked, entities: unknown[], { kinds }: World): void {
  const shared = entities.map((entity) => {
    const one = new Shared()
    applyRewrites(batch.outputRewrites, entity, kinds)
    if (isData(entity)) one.land(entity, kinds)
    return one
  })
  paths.forEach((path, which) => {
    const slots = asked.slots[which] ?? []
    const targets = asked.targets[which] ?? []
    for (let at = 0; at < targets.length; at++) {
      shared[slots[at] ?? noSlot]?.put(targets[at] as Data, path, kinds)
    }
  })
}

function tell(errors: readonly SubgraphError[], { asked, run, node, world }: Landing): void {
  for (const error of errors) {
    const at = entityPathOf(error)
    const of = at && asked.find(({ batch }) => batch.alias === at.field)
    if (!at || !of) {
      run.faults.push(faultOf(error, node.service, undefined))
      continue
    }
    const mine = of.paths.flatMap((path, which) =>
      places(run.data, path, world.kinds).filter((_, n) => of.slots[which]?.[n] === at.index),
    )
    const where = { service: node.service, places: mine, renamed: of.renamed }
    run.faults.push(...faultsOfEntity([error], where))
  }
}
