import { AsyncLocalStorage } from 'node:async_hooks'
import type { Clock } from '@shop/kit/clock'
import type { Log } from '@shop/kit/log'
import { reach } from '@shop/kit/points'
import { following, traceparent } from '@shop/kit/tracing'
import type { Checkouts } from './db/checkouts.ts'
import type { WalkEnds } from './db/walk-ends.ts'
import { type Happening, isUnjudged, moved, type Step } from './domain/checkout-machine.ts'
import type { Plan } from './domain/plan.ts'
import type { CartPrice } from './domain/price.ts'
import {
  type Facts,
  type Leased,
  looksOnce,
  mostJudgings,
  orderMoveOf,
  type Recording,
  recordingOf,
} from './domain/walk.ts'
import type { Steps } from './steps.ts'
import type { Telling } from './telling.ts'

export interface WalkNeeds {
  readonly clock: Clock
  readonly log: Log
  readonly steps: Steps
  readonly checkouts: Checkouts
  readonly ends: WalkEnds
  readonly tell: Telling
  readonly leaseMs: number
  readonly reviewMs: number
  /** Keeps what an order would cost now; gives the quote's id. */
  readonly requote: (orderId: string, price: CartPrice) => Promise<string | null>
}

/** Walks checkouts to where they rest or end. What it leaves standing is found by `sweep`. */
export class Walker implements AsyncDisposable {
  readonly #needs: WalkNeeds
  readonly #running = new Set<Promise<void>>()
  /** A walk outlives the request that began it, and its deadline. */
  readonly #outside = AsyncLocalStorage.snapshot()

  constructor(needs: WalkNeeds) {
    this.#needs = needs
  }

  /** In its own time: whoever asked may be gone before it ends. */
  walk(held: Leased, plan?: Plan): Promise<void> {
    return this.#start(() => this.#walk(held, plan))
  }

  /** A flag was set, or an answer came: it may be called before that is committed, and waits for it. */
  wake(orderId: string): void {
    const { checkouts, clock } = this.#needs
    void this.#start(async () => {
      const held = await checkouts.take(orderId, clock.now(), this.#leaseEnd())
      if (held) await this.#walk(held)
    })
  }

  /** All that nobody is at work on. */
  async sweep(): Promise<void> {
    const { checkouts, clock } = this.#needs
    const due = await checkouts.takeDue(clock.now(), this.#leaseEnd())
    await Promise.all(due.map((held) => this.walk(held)))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running)
  }

  #start(work: () => Promise<void>): Promise<void> {
    const parent = traceparent()
    const one = this.#outside(() => following(parent, work))
      .catch((fault) => this.#needs.log.error('a checkout stands still', fault))
      .finally(() => this.#running.delete(one))
    this.#running.add(one)
    return one
  }

  async #walk(held: Leased, given?: Plan): Promise<void> {
    const { orderId, owner } = held
    const plan = given ?? (await this.#needs.checkouts.planOf(orderId))
    const requote = (price: CartPrice) => this.#needs.requote(orderId, price)
    let at: Leased | null = held
    while (at) {
      const { needs3ds } = at.checkout
      at = await this.#onward(at, { orderId, owner, plan, needs3ds, requote })
    }
  }

  /** The next step, and where it led; null where there is nothing more to do, or not by us. */
  async #onward(at: Leased, facts: Facts): Promise<Leased | null> {
    if (at.leaseUntil <= this.#needs.clock.now()) return null
    switch (at.checkout.state) {
      case 'WALKING':
        return this.#forward(at, facts)
      case 'RESTING':
        return this.#rested(at, facts)
      case 'UNDOING':
        return this.#back(at, facts)
      case 'DONE':
        return at.checkout.cancel ? this.#advance(at, { kind: 'looked' }) : null
      case 'UNDONE':
        return null
    }
  }

  async #forward(at: Leased, facts: Facts): Promise<Leased | null> {
    const { step } = at.checkout
    await reach(`orders.${step}.before`)
    const isTooLate = step === 'authorize' && this.#isOver(at)
    const happening: Happening = isTooLate
      ? { kind: 'expired' }
      : await this.#needs.steps.forward[step](facts)
    await reach(`orders.${step}.in`)
    const next = await this.#advance(at, happening)
    await reach(`orders.${step}.after`)
    return next
  }

  async #rested(at: Leased, facts: Facts): Promise<Leased | null> {
    const isFlagged = moved(at.checkout, { kind: 'looked' }) !== at.checkout
    if (isFlagged) return this.#advance(at, { kind: 'looked' })
    if (at.checkout.step === 'authorize') return this.#askedBank(at, facts)
    if (this.#isOver(at)) return this.#advance(at, { kind: 'expired' })
    return isUnjudged(at.checkout) ? this.#judged(at, facts) : this.#advance(at, { kind: 'waits' })
  }

  async #askedBank(at: Leased, facts: Facts): Promise<Leased | null> {
    const { steps } = this.#needs
    const happening = await steps.look(facts)
    if (!this.#isOver(at) || !['waits', 'unknown'].includes(happening.kind)) {
      return this.#advance(at, happening)
    }
    const until = at.isExtended ? null : await steps.extend(facts)
    return this.#advance(at, { kind: until ? 'waits' : 'expired' }, until ?? undefined)
  }

  /** An answer that comes late counts as one in time would have; one that never comes is staff's. */
  async #judged(at: Leased, facts: Facts): Promise<Leased | null> {
    if (at.tries >= mostJudgings) return this.#advance(at, { kind: 'judged', review: 'PENDING' })
    await reach('orders.judge.before')
    const happening = await this.#needs.steps.judge(facts)
    await reach('orders.judge.in')
    const next = await this.#advance(at, happening)
    await reach('orders.judge.after')
    return next
  }

  /** Past what cannot be undone now: money is not kept because the stock's owner is away. */
  async #back(at: Leased, facts: Facts): Promise<Leased | null> {
    let here: Leased | null = at
    for (const step of at.checkout.toUndo) {
      await reach(`orders.undo-${step}.before`)
      const isUndone = await this.#undo(step, facts)
      await reach(`orders.undo-${step}.in`)
      if (isUndone) here = await this.#advance(here, { kind: 'undone', step })
      await reach(`orders.undo-${step}.after`)
      if (!here) return null
    }
    return this.#advance(here, { kind: 'unknown' })
  }

  async #undo(step: Step, facts: Facts): Promise<boolean> {
    try {
      await this.#needs.steps.back[step](facts)
      return true
    } catch (fault) {
      const code = (fault as { code?: string }).code ?? 'no code'
      this.#needs.log.warn(`the undoing of ${step} is to be tried again: ${code}`)
      return false
    }
  }

  /** Writes down where this leads; what was flagged meanwhile is taken into account first. */
  async #advance(at: Leased, happening: Happening, until?: Date): Promise<Leased | null> {
    const { checkouts, clock, leaseMs, reviewMs } = this.#needs
    const to = moved(at.checkout, happening)
    const holdUntil = happening.kind === 'done' ? happening.holdUntil : until
    const recording = recordingOf(at, to, { now: clock.now(), leaseMs, reviewMs, holdUntil })
    const written = await this.#write(at, recording)
    if (written) return this.#told(at, recording, written)
    const now = await checkouts.ofOrder(at.orderId)
    if (now?.lease !== at.lease) return null
    const isFlagged =
      now.checkout.cancel !== at.checkout.cancel || now.checkout.review !== at.checkout.review
    if (!isFlagged) throw new Error(`order ${at.orderId} is not where its checkout is.`)
    return this.#advance({ ...now, leaseUntil: at.leaseUntil }, happening, until)
  }

  /** False where it was not to be written: the lease was lost, or a flag was set. */
  async #write(at: Leased, recording: Recording): Promise<'walk' | 'order' | false> {
    const { checkouts, ends } = this.#needs
    const { checkout: to } = recording
    switch (orderMoveOf(at.checkout, recording)) {
      case 'confirmed':
        return (await this.#confirm(at, recording)) && 'order'
      case 'at rest': {
        const status = to.step === 'authorize' ? 'AWAITING_PAYMENT' : 'ON_HOLD'
        return (await ends.rest(at, recording, status)) && 'order'
      }
      case 'judged':
        return (await ends.judge(at, recording)) && 'order'
      case 'cancelled':
        return (await ends.cancel(at, recording, to.reason ?? 'UNAVAILABLE')) && 'order'
      case 'none':
        return (await checkouts.record(at, recording)) && 'walk'
    }
  }

  async #confirm(at: Leased, recording: Recording): Promise<boolean> {
    await reach('orders.confirm.before')
    const isConfirmed = await this.#needs.ends.confirm(at, recording)
    await reach('orders.confirm.after')
    return isConfirmed
  }

  async #told(at: Leased, to: Recording, what: 'walk' | 'order'): Promise<Leased | null> {
    const { checkout, dueAt, tries, deadlineAt, isExtended } = to
    await this.#needs.tell.checkout(at, what === 'order')
    const wasAtRest = at.checkout.state === 'RESTING'
    const staysAtRest = checkout.state === 'RESTING' && (wasAtRest || !looksOnce(checkout))
    if (dueAt === null || tries > 0 || staysAtRest) return null
    return { ...at, checkout, tries, deadlineAt, isExtended, leaseUntil: dueAt }
  }

  #isOver({ deadlineAt }: Leased): boolean {
    return deadlineAt !== null && deadlineAt <= this.#needs.clock.now()
  }

  #leaseEnd(): Date {
    return new Date(this.#needs.clock.now().getTime() + this.#needs.leaseMs)
  }
}
