import type { Batch, BatchFetch } from '../plan/nodes.ts'
import type { Data } from '../request.ts'
import { caller, renames } from './call.ts'
import { entityPathOf, faultsOfEntity } from './entity-errors.ts'
import { faultOf, faultOfLink } from './faults.ts'
import { LinkFault, type SubgraphAnswer, type SubgraphError } from './link.ts'
import { compileRepresentation, type Represent } from './representations.ts'
import type { Run, Work } from './run.ts'
import { applyRewrites, collect, copyOf, isData, merge, type Path, places } from './values.ts'
import type { World } from './world.ts'

interface CompiledBatch {
  readonly batch: Batch
  readonly paths: readonly Path[]
  readonly represent: Represent
  readonly renamed: ReadonlyMap<string, string>
}

/** What one alias asks for in one run: which place of the list each object's entity has. */
interface Asked extends CompiledBatch {
  readonly targets: readonly Data[]
  readonly slots: readonly (number | null)[]
  readonly representations: readonly string[]
}

/** Several lists of entities of one subgraph in one request, each under an alias. */
export function compileBatch(node: BatchFetch, base: Path, world: World): Work {
  const call = caller(node, world)
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
      run.faults.push(faultOfLink(error, node.service, node.operationKind === 'mutation'))
    }
  }
}

function wantedOf(compiled: CompiledBatch, run: Run, world: World): Asked {
  const targets: Data[] = []
  for (const path of compiled.paths) {
    collect(run.data, path, { from: 0, into: targets, kinds: world.kinds })
  }
  const known = new Map<string, number>()
  const slots = targets.map((target) => {
    const representation = compiled.represent(target, run.variables)
    if (representation === null) return null
    const at = known.get(representation) ?? known.size
    if (at === known.size) known.set(representation, at)
    return at
  })
  return { ...compiled, targets, slots, representations: [...known.keys()] }
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

function put({ batch, targets, slots }: Asked, entities: unknown[], { kinds }: World): void {
  for (const entity of entities) applyRewrites(batch.outputRewrites, entity, kinds)
  const used = new Set<number>()
  targets.forEach((target, at) => {
    const slot = slots[at]
    const entity = slot === null || slot === undefined ? null : entities[slot]
    if (!isData(entity)) return
    merge(target, used.has(slot as number) ? copyOf(entity) : entity, kinds)
    used.add(slot as number)
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
    const all = of.paths.flatMap((path) => places(run.data, path, world.kinds))
    const mine = all.filter((_, index) => of.slots[index] === at.index)
    const where = { service: node.service, places: mine, renamed: of.renamed }
    run.faults.push(...faultsOfEntity([error], where))
  }
}
