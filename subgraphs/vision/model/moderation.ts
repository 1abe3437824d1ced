import type { moderationClasses } from './embedding/eyes.ts'

export interface Moderation {
  readonly verdict: 'ALLOW' | 'REVIEW' | 'REFUSE'
  /** That it is not fit to be shown in a shop, 0 … 1. */
  readonly chance: number
  readonly chances: Readonly<Record<(typeof moderationClasses)[number], number>>
}

/** Nobody is refused by a machine that is not sure; what it doubts is looked at by people. */
const marks = { review: 0.4, refuse: 0.9 }

/** By the head that nsfwjs' authors trained: drawings and swimwear are not refused for that alone. */
export function moderated(head: Float32Array): Moderation {
  const [drawing = 0, hentai = 0, neutral = 0, porn = 0, sexy = 0] = head
  const chance = Math.min(1, hentai + porn + sexy / 2)
  const verdict = chance >= marks.refuse ? 'REFUSE' : chance >= marks.review ? 'REVIEW' : 'ALLOW'
  return { verdict, chance, chances: { drawing, hentai, neutral, porn, sexy } }
}
