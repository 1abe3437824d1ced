import { answerStep } from './answer/step.ts'
import { partsStep } from './defer/step.ts'
import { documentStep } from './document/step.ts'
import { executeStep } from './execute/step.ts'
import { planStep } from './plan/step.ts'
import { policyStep } from './policy/step.ts'
import type { RequestRecord, Step } from './request.ts'
import { subscribeStep } from './subscribe/step.ts'
import { uploadStep } from './upload/step.ts'

/** Steps of a shop, by where on the road they stand. */
interface Stops {
  /** Before anything of the request is looked at. */
  readonly arrived?: readonly Step[]
  /** With a valid document and no plan. */
  readonly admitted?: readonly Step[]
  /** With a plan that has not run. */
  readonly planned?: readonly Step[]
  readonly executed?: readonly Step[]
  /** In place of the one that takes out what is not for who asks, and answers the rest. */
  readonly policy?: Step
}

const filtering = policyStep({ refuses: false })

export const roadWith = ({
  arrived = [],
  admitted = [],
  planned = [],
  executed = [],
  policy = filtering,
}: Stops): readonly Step[] => [
  ...arrived,
  documentStep,
  policy,
  uploadStep,
  ...admitted,
  planStep,
  ...planned,
  subscribeStep,
  executeStep,
  ...executed,
  partsStep,
  answerStep,
]

/** The road of a request, where nobody asks who is asking. */
export const plainRoad: readonly Step[] = roadWith({})

/** Takes a request down the road, to its end or to the step that answers it. Rejects with what a step throws. */
export async function travel(request: RequestRecord, steps: readonly Step[]): Promise<void> {
  try {
    for (const step of steps) {
      const waiting = step(request)
      if (waiting) await waiting
      if (request.answer !== undefined || request.events) return
    }
  } finally {
    for (const leave of request.leaving ?? []) leave(request)
  }
}
