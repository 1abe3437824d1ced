/** The bounds that Stripe Radar draws, so that who knows one reads the other. */
export function levelOf(score: number): 'NORMAL' | 'ELEVATED' | 'HIGHEST' {
  if (score >= 75) return 'HIGHEST'
  return score >= 65 ? 'ELEVATED' : 'NORMAL'
}
