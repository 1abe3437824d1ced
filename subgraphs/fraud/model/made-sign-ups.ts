import { randomFrom } from '@shop/kit/learn/random'
import type { SignUp } from './sign-ups.ts'
import type { Labelled } from './story.ts'

/**
 * Sign-ups with a known truth, for tests and the bench: honest ones share a few hundred addresses,
 * as households and offices do; frauds come from fresh addresses under few e-mails.
 */
export function madeSignUps(count: number, seed: number): Labelled<SignUp>[] {
  const random = randomFrom(seed)
  return Array.from({ length: count }, (_, i) => {
    const fraud = random.next() < 0.06
    const address = fraud ? 10_000 + random.below(20_000) : random.below(300)
    const email = fraud ? random.below(40) : 1000 + random.below(5000)
    return {
      event: {
        at: 19_000 + i / 60,
        address: `10.${address >> 16}.${(address >> 8) & 255}.${address & 255}`,
        email: `person-${email}@mail.example`,
      },
      label: fraud ? (1 as const) : (0 as const),
      training: i < count * 0.7,
    }
  })
}
