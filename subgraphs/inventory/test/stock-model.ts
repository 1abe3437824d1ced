import type { HoldState } from '../domain/hold.ts'

/** What inventory should do, in memory and in a few lines: the property test holds it to this. */
export interface Level {
  onHand: number
  held: number
  version: number
}

interface ModelHold {
  state: HoldState
  readonly taken: readonly { at: string; quantity: number }[]
  expiresAt: number
  isExtended: boolean
}

export type Command =
  | { do: 'hold'; step: number; lines: readonly { variant: number; quantity: number }[] }
  | { do: 'commitHold' | 'releaseHold' | 'returnHold' | 'extendHold'; step: number }
  | { do: 'receive'; variant: number; warehouse: number; quantity: number }
  | { do: 'correct'; variant: number; warehouse: number; difference: number; isStale: boolean }
  | { do: 'transfer'; variant: number; from: number; quantity: number }
  | { do: 'expire'; afterSeconds: number }

export const holdMs = 60_000

const at = (variant: number, warehouse: number) => `${variant} ${warehouse}`

export class StockModel {
  readonly levels = new Map<string, Level>()
  readonly #holds = new Map<number, ModelHold>()
  /** What a step's key was used for, and what came of it. */
  readonly #steps = new Map<number, { input: string; outcome: string }>()
  now = 0

  constructor(onHand: number) {
    for (const variant of [0, 1])
      for (const warehouse of [0, 1])
        this.levels.set(at(variant, warehouse), { onHand, held: 0, version: 2 })
  }

  /** Does it, and says what the shop should answer: a kind, or the code of a refusal. */
  do(command: Command): string {
    switch (command.do) {
      case 'hold':
        return this.#hold(command)
      case 'receive':
        this.#move(at(command.variant, command.warehouse), command.quantity)
        return 'StockMoved'
      case 'correct':
        return this.#correct(command)
      case 'transfer':
        return this.#transfer(command)
      case 'expire':
        return this.#expire(command.afterSeconds)
      case 'extendHold':
        return this.#extend(command.step)
      case 'commitHold':
      case 'releaseHold':
      case 'returnHold':
        return this.#settle(command.do, command.step)
    }
  }

  #level(key: string): Level {
    const level = this.levels.get(key)
    if (!level) throw new Error(`There is no level ${key}.`)
    return level
  }

  #move(key: string, quantity: number): void {
    const level = this.#level(key)
    level.onHand += quantity
    level.version += 1
  }

  #free(key: string): number {
    const { onHand, held } = this.#level(key)
    return onHand - held
  }

  #hold({ step, lines }: Command & { do: 'hold' }): string {
    const input = JSON.stringify(lines)
    const before = this.#steps.get(step)
    if (before) return before.input === input ? before.outcome : 'IDEMPOTENCY_CONFLICT'
    if (this.#holds.has(step)) return 'STEP_UNDONE'
    const wanted = [0, 1].map((variant) =>
      lines.reduce((sum, line) => sum + (line.variant === variant ? line.quantity : 0), 0),
    )
    const isShort = wanted.some(
      (quantity, variant) => quantity > this.#free(at(variant, 0)) + this.#free(at(variant, 1)),
    )
    const outcome = isShort ? 'StockShort' : 'StockHeld'
    this.#steps.set(step, { input, outcome })
    if (!isShort) this.#take(step, wanted)
    return outcome
  }

  #take(step: number, wanted: readonly number[]): void {
    const taken = wanted.flatMap((quantity, variant) => {
      const first = Math.min(quantity, this.#free(at(variant, 0)))
      return [
        { at: at(variant, 0), quantity: first },
        { at: at(variant, 1), quantity: quantity - first },
      ]
    })
    for (const line of taken) this.#level(line.at).held += line.quantity
    const expiresAt = this.now + holdMs
    this.#holds.set(step, { state: 'HELD', taken, expiresAt, isExtended: false })
  }

  #settle(act: 'commitHold' | 'releaseHold' | 'returnHold', step: number): string {
    const to = (
      { commitHold: 'COMMITTED', releaseHold: 'RELEASED', returnHold: 'RETURNED' } as const
    )[act]
    const hold = this.#holds.get(step)
    if (!hold) return this.#settleNone(to, step)
    if (hold.state === (to === 'RETURNED' ? 'COMMITTED' : 'HELD')) this.#end(hold, to)
    return hold.state === to ? 'HoldSettled' : 'HoldGone'
  }

  /** Only an undoing is kept: what it undoes does nothing when it comes. */
  #settleNone(to: HoldState, step: number): string {
    if (to !== 'RELEASED') return 'HoldGone'
    this.#holds.set(step, { state: 'RELEASED', taken: [], expiresAt: 0, isExtended: false })
    return 'HoldSettled'
  }

  #end(hold: ModelHold, to: HoldState): void {
    for (const line of hold.taken) {
      const level = this.#level(line.at)
      if (to !== 'RETURNED') level.held -= line.quantity
      if (to === 'COMMITTED') level.onHand -= line.quantity
      if (to === 'RETURNED') level.onHand += line.quantity
    }
    hold.state = to
  }

  #extend(step: number): string {
    const hold = this.#holds.get(step)
    if (hold?.state !== 'HELD') return 'HoldGone'
    if (!hold.isExtended) hold.expiresAt = this.now + holdMs
    hold.isExtended = true
    return 'HoldSettled'
  }

  #correct({ variant, warehouse, difference, isStale }: Command & { do: 'correct' }): string {
    if (isStale) return 'STALE_VERSION'
    if (this.#free(at(variant, warehouse)) + difference < 0) return 'BAD_QUANTITY'
    this.#move(at(variant, warehouse), difference)
    return 'StockMoved'
  }

  #transfer({ variant, from, quantity }: Command & { do: 'transfer' }): string {
    if (this.#free(at(variant, from)) < quantity) return 'BAD_QUANTITY'
    this.#move(at(variant, from), -quantity)
    this.#move(at(variant, 1 - from), quantity)
    return 'StockMoved'
  }

  #expire(afterSeconds: number): string {
    this.now += afterSeconds * 1000
    for (const hold of this.#holds.values()) {
      if (hold.state === 'HELD' && hold.expiresAt <= this.now) this.#end(hold, 'EXPIRED')
    }
    return 'expired'
  }
}
