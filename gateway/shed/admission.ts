import type { Importance } from './importance.ts'
import { Line } from './line.ts'
import { type PlacesSettings, placesAfter } from './places.ts'
import type { Stretch } from './stretch.ts'

/** How long one waits for a place. */
interface Patience {
  readonly mostMs: number
  /** Where somebody has always waited for longer than `standingMs`: a crowd passes, this does not. */
  readonly lastingMs: number
}

export interface AdmissionSettings {
  readonly places: PlacesSettings
  /** Before they have shown how many are of use. */
  readonly atFirst: number
  readonly patience: Readonly<Record<'account' | 'browse', Patience>>
  readonly standingMs: number
  /** Of those that wait for nobody. */
  readonly mostSelling: number
}

/** A stranger who waits longer than a blink is sent away when it will not get better. */
export const usualAdmission: Omit<AdmissionSettings, 'places'> = {
  atFirst: 32,
  patience: {
    account: { mostMs: 10_000, lastingMs: 10_000 },
    browse: { mostMs: 5_000, lastingMs: 40 },
  },
  standingMs: 1_000,
  mostSelling: 4_000,
}

export interface World {
  now(): number
  /** Of the time since it was last asked, how much this process was at work. */
  busy(): number
}

/** Gives the place back. */
export type Leave = () => void

export interface Counts {
  readonly places: number
  readonly taken: number
  readonly selling: number
  readonly waiting: Readonly<Record<'account' | 'browse', number>>
}

const momentMs = 100

/**
 * Who is taken now, who waits, and who is told at once to come again. What sells is taken whatever
 * else there is; the others share as many places as there is use in.
 */
export class Admission {
  readonly #settings: AdmissionSettings
  readonly #world: World
  readonly #stretch: Stretch
  readonly #lines: Readonly<Record<'account' | 'browse', Line>>
  #places: number
  #taken = 0
  #selling = 0
  #momentAt: number
  /** While somebody waits: those that have a place may not leave for long. */
  #pace: NodeJS.Timeout | undefined

  constructor(settings: AdmissionSettings, world: World, stretch: Stretch) {
    this.#settings = settings
    this.#world = world
    this.#stretch = stretch
    this.#places = settings.atFirst
    this.#momentAt = world.now()
    this.#lines = { account: new Line(this.#momentAt), browse: new Line(this.#momentAt) }
  }

  get counts(): Counts {
    const { account, browse } = this.#lines
    return {
      places: this.#places,
      taken: this.#taken,
      selling: this.#selling,
      waiting: { account: account.size, browse: browse.size },
    }
  }

  /** What gives the place back, at once or when there is one; null for who is sent away. */
  enter(
    importance: Importance,
    onGone: (gone: () => void) => void,
  ): Leave | Promise<Leave | null> | null {
    const now = this.#world.now()
    if (importance === 'checkout') return this.#sell()
    this.#look(now)
    const { account, browse } = this.#lines
    const line = this.#lines[importance]
    const isFree = account.isEmpty && (importance === 'account' || browse.isEmpty)
    if (isFree && this.#taken < this.#places) return this.#take()
    const patience = this.#patienceAt(importance, now)
    if (line.waitedAt(now) > patience) return null
    return this.#wait(line, { now, patience, onGone })
  }

  #sell(): Leave | null {
    if (this.#selling >= this.#settings.mostSelling) return null
    this.#selling++
    return once(() => this.#selling--)
  }

  #patienceAt(importance: 'account' | 'browse', now: number): number {
    const { patience, standingMs } = this.#settings
    const { mostMs, lastingMs } = patience[importance]
    return this.#lines[importance].standingAt(now) > standingMs ? lastingMs : mostMs
  }

  #wait(line: Line, { now, patience, onGone }: Waiting): Promise<Leave | null> {
    return new Promise((resolve) => {
      const waiter = {
        since: now,
        enter: () => {
          clearTimeout(clock)
          resolve(this.#take())
        },
      }
      const leave = () => {
        clearTimeout(clock)
        line.leave(waiter)
        resolve(null)
      }
      const clock = setTimeout(leave, patience)
      line.join(waiter)
      onGone(leave)
      this.#pace ??= setInterval(() => this.#step(), momentMs)
    })
  }

  #take(): Leave {
    this.#taken++
    return once(() => {
      this.#taken--
      this.#step()
    })
  }

  #step(): void {
    this.#look(this.#world.now())
    this.#admit()
    if (!this.#isWaitedFor) {
      clearInterval(this.#pace)
      this.#pace = undefined
    }
  }

  get #isWaitedFor(): boolean {
    const { account, browse } = this.#lines
    return !account.isEmpty || !browse.isEmpty
  }

  #admit(): void {
    while (this.#taken < this.#places) {
      const next = this.#lines.account.next() ?? this.#lines.browse.next()
      if (!next) return
      next.enter()
    }
  }

  #look(now: number): void {
    if (now - this.#momentAt < momentMs) return
    this.#momentAt = now
    const moment = {
      busy: this.#world.busy(),
      stretch: this.#stretch.take(),
      taken: this.#taken,
      isWaitedFor: this.#isWaitedFor,
    }
    this.#places = placesAfter(this.#places, moment, this.#settings.places)
  }
}

interface Waiting {
  readonly now: number
  readonly patience: number
  readonly onGone: (gone: () => void) => void
}

function once(act: () => void): Leave {
  let isDone = false
  return () => {
    if (isDone) return
    isDone = true
    act()
  }
}
