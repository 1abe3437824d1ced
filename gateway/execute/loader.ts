import type { Data } from '../json.ts'
import type { Rewrite } from '../plan/nodes.ts'
import type { Kinds } from '../supergraph/read.ts'
import { entityPathOf } from './entity-errors.ts'
import { LinkFault, type SubgraphAnswer, type SubgraphError } from './link.ts'
import { type Represent, shortKey } from './representations.ts'
import { Shared } from './shared.ts'
import { applyRewrites } from './values.ts'

/** One entity that was asked for, and what came of it. */
export class Slot {
  readonly representation: string
  readonly flight: Flight
  readonly entity = new Shared()
  errors: SubgraphError[] | null = null

  constructor(representation: string, flight: Flight) {
    this.representation = representation
    this.flight = flight
  }
}

/** One request for entities: those wanted in one tick. */
export class Flight {
  readonly slots: Slot[] = []
  done: Promise<void>
  isDone = false
  /** Of the request as a whole; whoever waits first tells them. */
  errors: readonly SubgraphError[] = []
  failure: unknown = null
  isTold = false

  constructor(go: (flight: Flight) => Promise<void>) {
    this.done = new Promise<void>((resolve) => {
      // After the rest of this tick, so that parallel branches of a plan are in one request.
      process.nextTick(() => resolve(go(this)))
    })
  }
}

interface Needs {
  readonly ask: (representations: readonly string[]) => Promise<SubgraphAnswer>
  readonly outputRewrites: readonly Rewrite[]
  readonly kinds: Kinds
}

/** Within one execution no entity is fetched twice by one text, and what is wanted together is asked together. */
export class Loader {
  readonly #needs: Needs
  readonly #slots = new Map<string, Slot>()
  readonly #seen = new Map<Represent, Map<string | number, Slot>>()
  #next: Flight | null = null

  constructor(needs: Needs) {
    this.#needs = needs
  }

  /** Null for an entity that nothing can be asked about. */
  want(represent: Represent, entity: Data, variables: Data): Slot | null {
    const key = shortKey(represent, entity)
    const seen = key === undefined ? undefined : this.#seenBy(represent)
    const known = key === undefined ? undefined : seen?.get(key)
    if (known) return known
    const representation = represent(entity, variables)
    if (representation === null) return null
    const slot = this.#slotOf(representation)
    if (key !== undefined) seen?.set(key, slot)
    return slot
  }

  #seenBy(represent: Represent): Map<string | number, Slot> {
    let seen = this.#seen.get(represent)
    if (!seen) {
      seen = new Map()
      this.#seen.set(represent, seen)
    }
    return seen
  }

  #slotOf(representation: string): Slot {
    const known = this.#slots.get(representation)
    if (known) return known
    this.#next ??= new Flight((flight) => this.#go(flight))
    const slot = new Slot(representation, this.#next)
    this.#next.slots.push(slot)
    this.#slots.set(representation, slot)
    return slot
  }

  async #go(flight: Flight): Promise<void> {
    this.#next = null
    try {
      const all = flight.slots.map(({ representation }) => representation)
      this.#land(flight, await this.#needs.ask(all))
    } catch (error) {
      flight.failure = error
    }
    flight.isDone = true
  }

  #land(flight: Flight, { data, errors }: SubgraphAnswer): void {
    const { slots } = flight
    if (errors) flight.errors = errors.filter((error) => !isOfEntity(error, slots))
    if (!data) return
    const { _entities: entities } = data
    if (!Array.isArray(entities) || entities.length !== slots.length) {
      throw new LinkFault('not-graphql', true)
    }
    for (let at = 0; at < slots.length; at++) {
      const entity: Data | null = entities[at] ?? null
      if (entity === null) continue
      applyRewrites(this.#needs.outputRewrites, entity, this.#needs.kinds)
      slots[at]?.entity.land(entity, this.#needs.kinds)
    }
  }
}

/** Files an error with the entity it is about, when its path says which. */
function isOfEntity(error: SubgraphError, slots: readonly Slot[]): boolean {
  const slot = slots[entityPathOf(error)?.index ?? -1]
  if (!slot) return false
  slot.errors ??= []
  slot.errors.push(error)
  return true
}
