import { type Answer, answered, type ModelName } from '@shop/kit/learn/answer'
import { BadModel } from '@shop/kit/learn/refusals'
import { type Assessment, assessed, type Case, decided, type Policy } from './assess.ts'
import type { FraudModel } from './learner.ts'
import type { Story } from './story.ts'

export interface Assessor<E> {
  readonly story: Story<E>
  readonly policy: Policy
  /** Nothing where no model could be opened. */
  readonly model: { readonly name: ModelName; readonly trained: FraudModel } | undefined
  /** The share of frauds that is answered where the model cannot. */
  readonly usualChance: number
  /** What rules may ask of an event, and what is at stake. */
  caseOf(event: E): Case
  readonly clock: Parameters<typeof answered>[0]['clock']
}

/**
 * Assesses an event and remembers it. Without a sound model the rules still hold and the chance is
 * the usual one: the answer says that it is degraded. Throws BAD_ROWS for what is no event.
 */
export async function assessment<E>(
  assessor: Assessor<E>,
  event: E,
): Promise<Answer<Assessment & { readonly chance: number }>> {
  const { story, policy, model, usualChance, clock } = assessor
  const own = assessor.caseOf(event)
  const said = (chance: number) => ({ ...decided(policy, own, chance), chance })
  const answer = await answered({
    model: model?.name ?? { name: 'rules', version: 'none' },
    clock,
    plausible: ({ chance }) => chance >= 0 && chance <= 1,
    fallback: () => ({
      value: said(usualChance),
      confidence: 0,
      reasons: ['The model did not answer: rules and the usual share of fraud did.'],
    }),
    compute() {
      if (!model) throw new BadModel('There is no model.')
      const { chance, confidence, reasons } = assessed(model.trained, story.row(event))
      return { value: said(chance), confidence, reasons }
    },
  })
  story.saw(event)
  return answer
}
