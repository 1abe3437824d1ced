import { chanceOf } from './chance.ts'

/**
 * What goes wrong on the way. `lose` does the deed and drops the reply; `stored-error` does it and
 * answers 500, now and to every repeat of the key; `error`, `limit` and `conflict` do nothing.
 */
export type Trouble = 'lose' | 'stored-error' | 'error' | 'limit' | 'conflict' | 'delay' | 'hang'

/** For the next so many requests whose method and path begin so. */
export interface Planned {
  readonly on: string
  readonly trouble: Trouble
  readonly ms?: number
  readonly times?: number
}

/** By the seed: how often, from 0 to 1, and how long. */
export interface Script {
  readonly seed?: number
  readonly lose?: number
  readonly storedError?: number
  readonly error?: number
  readonly mostDelayMs?: number
  readonly dropWebhook?: number
  readonly repeatWebhook?: number
  readonly mostWebhookDelayMs?: number
  readonly planned?: readonly Planned[]
}

export interface Met {
  readonly trouble: Trouble | null
  readonly delayMs: number
}

export class Misfortune {
  #chance = chanceOf(1)
  #script: Script = {}
  #planned: { on: string; trouble: Trouble; ms: number; times: number }[] = []

  /** From now on, in place of what was before. */
  follow(script: Script): void {
    this.#script = script
    this.#chance = chanceOf(script.seed ?? 1)
    this.#planned = (script.planned ?? []).map((each) => ({ ms: 0, times: 1, ...each }))
  }

  /** What happens to this request. */
  meet(asked: string): Met {
    const planned = this.#planned.find(({ on, times }) => times > 0 && matches(asked, on))
    if (planned) {
      planned.times -= 1
      return { trouble: planned.trouble, delayMs: planned.ms }
    }
    const { lose = 0, storedError = 0, error = 0, mostDelayMs = 0 } = this.#script
    const delayMs = mostDelayMs * this.#chance()
    const roll = this.#chance()
    if (roll < lose) return { trouble: 'lose', delayMs }
    if (roll < lose + storedError) return { trouble: 'stored-error', delayMs }
    return { trouble: roll < lose + storedError + error ? 'error' : null, delayMs }
  }

  /** After how long each copy of a webhook is sent; none where it is dropped. */
  copies(): number[] {
    const { dropWebhook = 0, repeatWebhook = 0, mostWebhookDelayMs = 0 } = this.#script
    const [dropped, repeated] = [this.#chance() < dropWebhook, this.#chance() < repeatWebhook]
    const delays = [this.#chance(), this.#chance()].map((part) => part * mostWebhookDelayMs)
    return dropped ? [] : delays.slice(0, repeated ? 2 : 1)
  }
}

/** `*` stands for one part of the path. */
const matches = (asked: string, on: string) =>
  new RegExp(`^${on.replaceAll('*', '[^/]+')}$`).test(asked)
