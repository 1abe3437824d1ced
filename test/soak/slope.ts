/** How much a figure grows in ten minutes, by least squares, and between what 95 of 100 such fits would lie. */
export interface Slope {
  readonly perTenMinutes: number
  readonly least: number
  readonly most: number
}

export interface Point {
  readonly minute: number
  readonly value: number
}

export function slopeOf(points: readonly Point[]): Slope {
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length
  const [minute, value] = [mean(points.map((at) => at.minute)), mean(points.map((at) => at.value))]
  const spread = points.reduce((sum, at) => sum + (at.minute - minute) ** 2, 0)
  const together = points.reduce((sum, at) => sum + (at.minute - minute) * (at.value - value), 0)
  const slope = together / spread
  const missed = points.reduce(
    (sum, at) => sum + (at.value - value - slope * (at.minute - minute)) ** 2,
    0,
  )
  const doubt = 1.96 * Math.sqrt(missed / (points.length - 2) / spread)
  return { perTenMinutes: 10 * slope, least: 10 * (slope - doubt), most: 10 * (slope + doubt) }
}
