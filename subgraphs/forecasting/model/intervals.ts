import { conformalRadius } from '@shop/kit/learn/conformal'
import { quantileOf } from './methods.ts'

export interface Seen {
  readonly said: number
  readonly truth: number
  /** The size of an error that is usual for this series, above zero. */
  readonly scale: number
}

/** How far, in scales, the truth fell below and above what was said, by step and size. */
export interface Band {
  readonly coverage: number
  /** From how much said a tier begins; the first begins at nothing. */
  readonly tiers: readonly number[]
  /** A pair of distances for each tier. */
  readonly reach: readonly (readonly [below: number, above: number])[]
}

/**
 * Split conformal intervals (Lei et al., 2018) with both ends apart, as demand leans to one side,
 * and a tier for each third of what is said (Mondrian: Vovk, Lindsay, Nouretdinov and Gammerman,
 * 2003), so that a slow seller is not covered by the width of a fast one.
 */
export function bandFrom(seen: readonly Seen[], coverage: number, tierCount = 3): Band {
  const sizes = seen.map(({ said, scale }) => said / scale)
  const tiers = Array.from({ length: tierCount }, (_, i) =>
    i === 0 ? -Number.MAX_VALUE : quantileOf(sizes, i / tierCount),
  )
  const each = 1 - (1 - coverage) / 2
  const reach = tiers.map((_, tier): [number, number] => {
    const own = seen.filter((_, i) => tierOf(tiers, sizes[i] ?? 0) === tier)
    const gaps = (own.length > 0 ? own : seen).map(
      ({ said, truth, scale }) => (truth - said) / scale,
    )
    return [
      oneSided(
        gaps.map((gap) => -gap),
        each,
      ),
      oneSided(gaps, each),
    ]
  })
  return { coverage, tiers, reach }
}

/** The interval of one forecast; never below `least`. */
export function intervalOf(
  { tiers, reach }: Band,
  { said, scale }: { said: number; scale: number },
  least = Number.NEGATIVE_INFINITY,
): [low: number, high: number] {
  const [below, above] = reach[tierOf(tiers, said / scale)] ?? [0, 0]
  return [Math.max(least, said - below * scale), Math.max(least, said + above * scale)]
}

function tierOf(tiers: readonly number[], size: number): number {
  let at = 0
  while (at + 1 < tiers.length && size >= (tiers[at + 1] ?? 0)) at += 1
  return at
}

/** What is exceeded with the chance that is left; distances below zero are kept as they are. */
function oneSided(gaps: readonly number[], share: number): number {
  const least = Math.min(...gaps)
  const reach = conformalRadius(
    gaps.map((gap) => gap - least),
    share,
  )
  return Number.isFinite(reach) ? reach + least : Math.max(...gaps)
}
