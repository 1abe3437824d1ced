import { Unavailable } from '@shop/kit/errors'

/** Lets the next one in; said twice, it is once. */
export type Leave = () => void

/**
 * So many checkouts are walked at once, and whoever comes then waits by turn: what the shop could not
 * carry would be given up half way, and undone. Who is not let in is told so with nothing done.
 */
export class Admission {
  readonly #waiting: (() => void)[] = []
  #free: number

  constructor(most: number) {
    this.#free = most
  }

  async enter(patienceMs: number): Promise<Leave> {
    if (this.#free > 0) this.#free -= 1
    else await this.#turn(patienceMs)
    let isIn = true
    return () => {
      if (isIn) this.#next()
      isIn = false
    }
  }

  #turn(patienceMs: number): Promise<void> {
    const turn = Promise.withResolvers<void>()
    const late = () => {
      this.#waiting.splice(this.#waiting.indexOf(letIn), 1)
      turn.reject(new Unavailable('Too many are at the tills. Nothing was done; ask again.'))
    }
    const timer = setTimeout(late, patienceMs)
    const letIn = () => {
      clearTimeout(timer)
      turn.resolve()
    }
    this.#waiting.push(letIn)
    return turn.promise
  }

  /** A place that is given on is never free in between. */
  #next(): void {
    const letIn = this.#waiting.shift()
    if (letIn) letIn()
    else this.#free += 1
  }
}
