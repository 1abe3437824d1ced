import type { Data } from '../json.ts'
import type { Fetch, Need } from '../plan/nodes.ts'
import { caller, renames } from './call.ts'
import { faultsOfEntity } from './entity-errors.ts'
import { compileFallback, type Fallback } from './fallback.ts'
import { faultOf, faultOfLink } from './faults.ts'
import { groupOf } from './groups.ts'
import { askKept } from './kept.ts'
import { type Flight, Loader, type Slot } from './loader.ts'
import { compileRepresentation } from './representations.ts'
import type { Run, Work } from './run.ts'
import { type AnswerPath, collect, type Path, places } from './values.ts'
import type { World } from './world.ts'

type EntityFetch = Fetch & { readonly needs: readonly Need[] }

/** Asks for entities that stand at a path of what was fetched before. */
export function compileEntities(given: EntityFetch, base: Path, world: World): Work {
  const node = withoutNumber(given)
  const represent = compileRepresentation(node, world.kinds)
  const group = groupOf(node.operation, world.applied)
  const call = caller(node, world, group)
  const fallback = compileFallback(group, world)
  const landing = { outputRewrites: node.outputRewrites, kinds: world.kinds }
  const key = `${node.service}\0${node.operation}`
  const text = `${node.service} ${node.operation}`
  const kept = world.entities?.({ ...group, text }, world)
  const asker = (run: Run) => {
    const ask = (all: readonly string[]) => call(run, `"representations":[${all.join(',')}]`)
    if (!kept || !run.caller.isShared) return ask
    const variables = JSON.stringify(node.variables.map((name) => run.given[name]))
    return (all: readonly string[]) => askKept(all, { kept, variables, ask })
  }
  const telling = { fallback, node, base, world, renamed: renames(node) }

  return async (run) => {
    const targets: Data[] = []
    collect(run.data, { path: base, into: targets, kinds: world.kinds })
    if (targets.length === 0) return
    let loader = run.loaders.get(key)
    if (!loader) {
      loader = new Loader({ ...landing, ask: asker(run) })
      run.loaders.set(key, loader)
    }
    const { variables } = run
    const slots: (Slot | null)[] = []
    for (const target of targets) slots.push(loader.want(represent, target, variables))
    const flights = await landed(slots)
    if (flights === null) return
    tell(run, { ...telling, targets, slots, flights })
    for (let at = 0; at < targets.length; at++)
      slots[at]?.entity.put(targets[at] as Data, base, world.kinds)
  }
}

/** Apollo numbers its operations, which hides that two fetches are equal. */
function withoutNumber(node: EntityFetch): EntityFetch {
  const { operationName, operation } = node
  const short = operationName?.replace(/__\d+$/, '')
  if (!operationName || !short || short === operationName) return node
  return { ...node, operation: operation.replace(operationName, short), operationName: short }
}

/** The requests these entities came with; null when nothing was asked. */
async function landed(slots: readonly (Slot | null)[]): Promise<readonly Flight[] | null> {
  const flights: Flight[] = []
  for (const slot of slots) {
    // Nearly always there is one, and it is the last that was looked at.
    if (slot && slot.flight !== flights.at(-1) && !flights.includes(slot.flight)) {
      flights.push(slot.flight)
    }
  }
  const [first] = flights
  if (!first) return null
  if (flights.length > 1) await Promise.all(flights.map(({ done }) => done))
  else if (!first.isDone) await first.done
  return flights
}

interface Telling {
  readonly node: EntityFetch
  readonly fallback: Fallback | undefined
  readonly targets: readonly Data[]
  readonly base: Path
  readonly world: World
  readonly renamed: ReadonlyMap<string, string>
  readonly slots: readonly (Slot | null)[]
  readonly flights: readonly Flight[]
}

function tell(run: Run, telling: Telling): void {
  const { service, operationKind } = telling.node
  substitute(run, telling)
  for (const flight of telling.flights) {
    if (flight.isTold) continue
    flight.isTold = true
    if (flight.failure && !telling.fallback?.isWhole) {
      run.faults.push(faultOfLink(flight.failure, service, operationKind === 'mutation'))
    }
    for (const error of flight.errors) run.faults.push(faultOf(error, service, undefined))
  }
  if (telling.slots.some((slot) => slot?.errors)) tellOfEntities(run, telling)
}

/** For those whose own request failed. */
function substitute(run: Run, { fallback, flights, targets, slots }: Telling): void {
  if (!fallback || flights.every(({ failure }) => failure === null)) return
  fallback.apply(
    run,
    targets.filter((_, at) => slots[at]?.flight.failure),
  )
}

function tellOfEntities(run: Run, { slots, base, world, node, renamed }: Telling): void {
  const where = places(run.data, base, world.kinds)
  const bySlot = new Map<Slot, AnswerPath[]>()
  slots.forEach((slot, at) => {
    const place = where[at]
    if (!slot?.errors || !place) return
    const known = bySlot.get(slot)
    if (known) known.push(place)
    else bySlot.set(slot, [place])
  })
  for (const [{ errors }, atPlaces] of bySlot) {
    run.faults.push(
      ...faultsOfEntity(errors ?? [], { service: node.service, places: atPlaces, renamed }),
    )
  }
}
