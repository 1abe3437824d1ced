import { answerStep } from './answer/step.ts'
import { documentStep } from './document/step.ts'
import { executeStep } from './execute/step.ts'
import { planStep } from './plan/step.ts'
import type { RequestRecord, Step } from './request.ts'

/** The road of a request, where nobody asks who is asking. */
export const plainRoad: readonly Step[] = [documentStep, planStep, executeStep, answerStep]

/** Takes a request down the road, to its end or to the step that answers it. Rejects with what a step throws. */
export async function travel(request: RequestRecord, steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    const waiting = step(request)
    if (waiting) await waiting
    if (request.answer !== undefined) return
  }
}
