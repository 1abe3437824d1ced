import { type ChildProcess, fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { Refusal } from '../answer/refusal.ts'
import type { Order, Report } from './child.ts'
import type { EngineName, Facts, ToPlan } from './engine.ts'
import type { Plan } from './nodes.ts'

export interface WorkerSettings {
  readonly engine: EngineName
  /** How long one plan may take, and how much memory its process may hold meanwhile. */
  readonly deadlineMs: number
  readonly memoryBytes: number
}

export interface Job {
  readonly wanted: ToPlan
  readonly resolve: (plan: Plan) => void
  readonly reject: (error: Error) => void
}

/** The engine knows no plan for the operation. */
export class NoPlan extends Error {}

const tooComplex = () =>
  Refusal.of('QUERY_PLAN_TOO_COMPLEX', 'The operation is too complex to be planned.')

/** One planner's process, killed when a plan takes too long or too much. It takes one job at a time. */
export class Worker {
  readonly opened: Promise<Facts>
  onIdle: () => void = () => {}
  onGone: (opened: boolean) => void = () => {}
  readonly #child: ChildProcess
  readonly #settings: WorkerSettings
  #job: Job | null = null
  #watch: NodeJS.Timeout | undefined
  #hasOpened = false
  #count = 0

  constructor(supergraph: string, settings: WorkerSettings) {
    this.#settings = settings
    const heapMb = Math.ceil(settings.memoryBytes / 2 ** 20)
    this.#child = fork(new URL('child.ts', import.meta.url), {
      execArgv: [`--max-old-space-size=${heapMb}`],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    this.opened = new Promise((resolve, reject) => {
      this.#child.on('message', (report: Report) => {
        if (report.kind === 'opened') {
          this.#hasOpened = true
          resolve(report.facts)
        } else if (report.kind === 'refused') reject(new Error(report.reason))
        else this.#answer(report)
      })
      this.#child.on('error', reject)
      this.#child.on('exit', () => {
        reject(new Error('The planner went away while it opened.'))
        this.#gone()
      })
    })
    this.#tell({ kind: 'open', engine: settings.engine, supergraph })
  }

  work(job: Job): void {
    this.#job = job
    const deadline = performance.now() + this.#settings.deadlineMs
    this.#watch = setInterval(() => this.#look(deadline), 20)
    this.#tell({ kind: 'plan', id: ++this.#count, wanted: job.wanted })
  }

  kill(): void {
    this.#child.kill('SIGKILL')
  }

  #tell(order: Order): void {
    // A process that is already gone says so by its exit.
    this.#child.send(order, () => {})
  }

  #look(deadline: number): void {
    const { memoryBytes } = this.#settings
    if (performance.now() > deadline || residentBytes(this.#child.pid) > memoryBytes) this.kill()
  }

  #answer(report: Report): void {
    const job = this.#rest()
    if (report.kind === 'planned') job?.resolve(report.plan)
    else if (report.kind === 'failed') job?.reject(new NoPlan(report.reason))
    this.onIdle()
  }

  #rest(): Job | null {
    clearInterval(this.#watch)
    const job = this.#job
    this.#job = null
    return job
  }

  #gone(): void {
    this.#rest()?.reject(tooComplex())
    this.onGone(this.#hasOpened)
  }
}

/** Linux tells it in pages of 4 KiB; where it is not told, the heap's own limit holds. */
function residentBytes(pid: number | undefined): number {
  try {
    const pages = readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1]
    return Number(pages) * 4096
  } catch {
    return 0
  }
}
