/** How many requests are taken at once, which is as many as there is use in. */
export interface PlacesSettings {
  /** With so many the process is never idle, however short they are. */
  readonly least: number
  /** Fewer than these are never too many for what is asked behind us. */
  readonly leastSlow: number
  readonly most: number
}

export const usualPlaces: PlacesSettings = { least: 8, leastSlow: 16, most: 1_024 }

/** What the last moments were like. */
export interface Moment {
  /** Of the time, how much this process was at work: 0 to 1. */
  readonly busy: number
  /** How many times longer than usual the middle one of what ended took; 0 when too few ended. */
  readonly stretch: number
  readonly taken: number
  readonly isWaitedFor: boolean
}

/** Above this more at once only wait for each other. */
const busiest = 0.97
const busyAgain = 0.92
/** What is asked behind us is asked by too many, when everything takes so many times longer. */
const mostStretch = 3

/** After a moment like this. Grows only where somebody waits; what nobody fills is left as it is. */
export function placesAfter(now: number, moment: Moment, settings: PlacesSettings): number {
  const { busy, stretch, taken, isWaitedFor } = moment
  const { least, leastSlow, most } = settings
  const isFull = taken >= now / 2
  if (busy >= busiest && isFull) return Math.max(least, Math.floor(now * 0.8))
  if (stretch > mostStretch && isFull && now > leastSlow) {
    return Math.max(leastSlow, Math.floor(now * 0.8))
  }
  if (isWaitedFor && busy < busyAgain && stretch <= mostStretch) {
    return Math.min(most, Math.ceil(now * 1.25))
  }
  return now
}
