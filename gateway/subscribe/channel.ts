import { Refusal } from '../answer/refusal.ts'
import { answerStep } from '../answer/step.ts'
import { faultOf, pathOf } from '../execute/faults.ts'
import { Lifetime } from '../execute/lifetime.ts'
import type { SubgraphAnswer } from '../execute/link.ts'
import { type RequestRecord, recordOf } from '../request.ts'
import type { Generation } from '../supergraph/generation.ts'
import { broken, changed, overrun } from './endings.ts'
import type { Sink } from './events.ts'
import { keyOf, type Upstreams } from './upstreams.ts'

export interface ChannelNeeds {
  readonly upstreams: Upstreams
  /** For the answer to one event. */
  readonly requestMs: number
  readonly mostWaiting: number
  /** The same request down the road again, on another supergraph. Rejects with a `Refusal`. */
  again(request: RequestRecord, generation: Generation): Promise<RequestRecord>
  /** Keeps a supergraph open; gives back what lets it go. */
  hold(generation: Generation): () => void
  onFault(error: unknown): void
}

/** How long both are followed when another upstream takes over, so that nothing falls between them. */
const overlapMs = 1_000

/** One subscription of one who asks, for as many as opened it: each event is answered once for all. */
export class Channel {
  readonly sinks = new Set<Sink>()
  readonly #needs: ChannelNeeds
  readonly #onEmpty: () => void
  #opened: RequestRecord
  #letGo: () => void
  #leave: () => void
  #waiting: SubgraphAnswer[] = []
  #isAnswering = false
  #atLast: (() => void) | undefined
  #isOver = false

  constructor(opened: RequestRecord, needs: ChannelNeeds, onEmpty: () => void) {
    this.#opened = opened
    this.#needs = needs
    this.#onEmpty = onEmpty
    this.#letGo = needs.hold(opened.generation)
    this.#leave = this.#follow()
  }

  get generation(): Generation {
    return this.#opened.generation
  }

  leave(sink: Sink): void {
    this.sinks.delete(sink)
    if (this.sinks.size === 0) this.end()
  }

  end(why?: Refusal): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#leave()
    this.#letGo()
    this.#waiting = []
    for (const sink of [...this.sinks]) sink.end(why)
    this.#onEmpty()
  }

  /** Onto another supergraph: refused there, it ends; else who listens notices nothing. */
  async move(generation: Generation): Promise<void> {
    if (this.#isOver || generation === this.generation) return
    const letGo = this.#needs.hold(generation)
    try {
      const opened = await this.#needs.again(this.#opened, generation)
      if (this.#isOver) return letGo()
      this.#switch(opened, letGo)
    } catch (error) {
      letGo()
      if (!(error instanceof Refusal)) this.#needs.onFault(error)
      this.end(error instanceof Refusal ? changed(error) : broken())
    }
  }

  #switch(opened: RequestRecord, letGo: () => void): void {
    const [before, after] = [this.#opened, opened].map(openingOf)
    const isSame =
      before && after && before.link === after.link && keyOf(before.call) === keyOf(after.call)
    this.#opened = opened
    this.#letGo()
    this.#letGo = letGo
    if (isSame) return
    const old = this.#leave
    this.#leave = this.#follow()
    setTimeout(old, overlapMs).unref()
  }

  #follow(): () => void {
    const leave = this.#needs.upstreams.join(openingOf(this.#opened), {
      onEvent: (event) => this.#take(event),
      onEnd: (fault) => {
        // One that was followed before, and is on its way out, ends nothing.
        if (this.#leave === leave) this.#finish(fault === undefined ? undefined : broken())
      },
    })
    return leave
  }

  #take(event: SubgraphAnswer): void {
    if (this.#isOver) return
    const refusal = openingRefusal(event, this.#opened)
    if (refusal) this.#finish(refusal)
    else if (this.#waiting.length >= this.#needs.mostWaiting) this.end(overrun())
    else {
      this.#waiting.push(event)
      if (!this.#isAnswering) void this.#answerAll()
    }
  }

  /** Once what came before is answered. */
  #finish(why: Refusal | undefined): void {
    if (this.#isAnswering) this.#atLast = () => this.end(why)
    else this.end(why)
  }

  async #answerAll(): Promise<void> {
    this.#isAnswering = true
    try {
      for (let event = this.#waiting.shift(); event; event = this.#waiting.shift()) {
        const text = await this.#answered(event)
        for (const sink of this.sinks) sink.next(text)
      }
    } catch (error) {
      this.#needs.onFault(error)
      this.end(broken())
    } finally {
      this.#isAnswering = false
    }
    this.#atLast?.()
  }

  /** With a fresh record, so that nothing that was fetched for one event is told at another. */
  async #answered(event: SubgraphAnswer): Promise<string> {
    const { params, variables, compiled, document, faults } = this.#opened
    const { requestMs } = this.#needs
    const lifetime = new Lifetime(requestMs)
    const clock = setTimeout(() => lifetime.end('late'), requestMs)
    const record = { ...recordOf({ ...this.#opened, lifetime }), variables, faults: [...faults] }
    Object.assign(record, { compiled, document })
    try {
      const run = { data: record.data, faults: record.faults, variables, given: params.variables }
      await compiled?.subscription?.onEvent({ ...run, loaders: new Map(), caller: record }, event)
      answerStep(record)
      return record.answer ?? '{"data":null}'
    } finally {
      clearTimeout(clock)
    }
  }
}

/** Errors without data are no event: the subgraph did not let it be opened. */
function openingRefusal({ data, errors = [] }: SubgraphAnswer, { compiled }: RequestRecord) {
  if (data !== undefined || errors.length === 0) return null
  const service = compiled?.subscription?.service ?? ''
  const told = errors.map((error) => faultOf(error, service, pathOf(error)))
  return new Refusal(
    told.map(({ message, path, code }) => ({ message, path, extensions: { code } })),
  )
}

function openingOf(opened: RequestRecord) {
  const { compiled, params } = opened
  const subscription = compiled?.subscription
  if (!subscription) throw new Error('What was planned is no subscription.')
  const call = subscription.callOf({ given: params.variables, caller: opened })
  return { link: subscription.link, call }
}
