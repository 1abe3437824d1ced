import { Refusal } from '../answer/refusal.ts'
import type { Facts, ToPlan } from './engine.ts'
import type { Plan } from './nodes.ts'
import { type Job, NoPlan, Worker, type WorkerSettings } from './worker.ts'

export interface PlannerSettings extends WorkerSettings {
  readonly processes: number
  /** Plans that wait for a process; more are refused. */
  readonly queued: number
}

export interface Planner {
  readonly facts: Facts
  plan(wanted: ToPlan): Promise<Plan>
  close(): void
}

/** Rejects when the engine refuses the supergraph. */
export async function openPlanner(supergraph: string, settings: PlannerSettings): Promise<Planner> {
  const first = await openPool(supergraph, settings)
  if (settings.engine === 'apollo') return orRefused(first)
  return orRefused(
    withSecond(first, () => openPool(supergraph, { ...settings, engine: 'apollo', processes: 1 })),
  )
}

/** Where nobody finds a plan the client is told so: an answer would lack something. */
function orRefused(planner: Planner): Planner {
  return {
    facts: planner.facts,
    plan: (wanted) =>
      planner.plan(wanted).catch((error) => {
        if (!(error instanceof NoPlan)) throw error
        throw Refusal.of('NO_QUERY_PLAN', 'No way was found to answer this operation.', {
          status: 500,
        })
      }),
    close: () => planner.close(),
  }
}

/**
 * Hive's planner finds no way for some valid operations, or none that fetches all of them, for which
 * Apollo's has a plan. Its process is started when the first of them comes.
 */
function withSecond(first: Planner, open: () => Promise<Planner>): Planner {
  let second: Promise<Planner> | undefined
  return {
    facts: first.facts,
    async plan(wanted) {
      try {
        return await first.plan(wanted)
      } catch (error) {
        if (!(error instanceof NoPlan)) throw error
        second ??= open()
        return (await second).plan(wanted)
      }
    },
    close() {
      first.close()
      second?.then(
        (planner) => planner.close(),
        () => {},
      )
    },
  }
}

async function openPool(supergraph: string, settings: PlannerSettings): Promise<Planner> {
  const pool = new Pool(supergraph, settings)
  try {
    return await pool.open()
  } catch (error) {
    pool.close()
    throw error
  }
}

/**
 * Planners in processes of their own. A thread will not do: the native planner cannot be ended in
 * mid-plan but by the end of its process.
 */
class Pool implements Planner {
  facts: Facts = { apiSchema: '', percentages: [] }
  readonly #supergraph: string
  readonly #settings: PlannerSettings
  readonly #workers = new Set<Worker>()
  readonly #idle: Worker[] = []
  readonly #waiting: Job[] = []
  #closed = false

  constructor(supergraph: string, settings: PlannerSettings) {
    this.#supergraph = supergraph
    this.#settings = settings
  }

  async open(): Promise<Planner> {
    const first = this.#start()
    for (let more = 1; more < this.#settings.processes; more++) this.#start().opened.catch(() => {})
    this.facts = await first.opened
    return this
  }

  plan(wanted: ToPlan): Promise<Plan> {
    if (this.#waiting.length >= this.#settings.queued) {
      return Promise.reject(
        Refusal.of('OVERLOADED', 'Too many operations wait to be planned.', { status: 503 }),
      )
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ wanted, resolve, reject })
      this.#serve()
    })
  }

  close(): void {
    this.#closed = true
    for (const worker of this.#workers) worker.kill()
    for (const job of this.#waiting.splice(0)) job.reject(new Error('The planner is closed.'))
  }

  #start(): Worker {
    const worker = new Worker(this.#supergraph, this.#settings)
    this.#workers.add(worker)
    const ready = () => {
      this.#idle.push(worker)
      this.#serve()
    }
    worker.opened.then(ready, () => worker.kill())
    worker.onIdle = ready
    worker.onGone = (opened) => {
      this.#workers.delete(worker)
      const at = this.#idle.indexOf(worker)
      if (at >= 0) this.#idle.splice(at, 1)
      // One that never opened would never open again: the supergraph is refused as a whole.
      if (opened && !this.#closed) this.#start().opened.catch(() => {})
    }
    return worker
  }

  #serve(): void {
    while (this.#waiting.length > 0) {
      const worker = this.#idle.pop()
      if (!worker) return
      const job = this.#waiting.shift()
      if (job) worker.work(job)
    }
  }
}
