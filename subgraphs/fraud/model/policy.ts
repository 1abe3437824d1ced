import type { Policy } from './assess.ts'

/** What a shop begins with; staff change rules and costs, and simulate them on history first. */
export const usualPolicy: Policy = {
  costs: { chargebackFee: 1500, refusedShare: 0.3, review: 300, caughtByReview: 0.8 },
  rules: [
    {
      name: 'ask the bank about what is doubtful',
      action: 'three-d-secure',
      when: [{ field: 'chance', is: 'above', value: 0.2 }],
    },
    {
      name: 'stop what is all but sure',
      action: 'block',
      when: [{ field: 'chance', is: 'above', value: 0.95 }],
    },
    {
      name: 'look at very large orders',
      action: 'review',
      when: [
        { field: 'amount', is: 'above', value: 200_000 },
        { field: 'chance', is: 'above', value: 0.01 },
      ],
    },
  ],
}
