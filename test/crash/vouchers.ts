import { newId } from '@shop/kit/ids'
import { randomFrom } from '@shop/kit/learn/random'
import type { Recorder } from '../faults/recorder.ts'
import { type Known, signIn } from './acts.ts'
import { clientOf } from './client.ts'

/** A voucher that is good for so many orders, so that shoppers come to fight for it. */
export async function layOutVoucher(recorder: Recorder, known: Known, maxUses: number) {
  const client = clientOf({
    ...{ recorder, name: 'marketing', address: '198.51.100.251' },
    isOver: () => false,
  })
  await signIn({ client, known, random: randomFrom(1) }, known.staff.CATALOG ?? '')
  const made = await client.insist({
    name: 'CreatePromotion',
    query: `mutation CreatePromotion($input: CreatePromotionInput!) {
      createPromotion(input: $input) { promotion { id } }
    }`,
    variables: {
      input: {
        ...{ idempotencyKey: newId(), name: 'Ten off', kind: 'PERCENT' },
        ...{ percentOffBps: 1000, needsVoucher: true },
      },
    },
  })
  const promotionId = made?.reply?.data?.createPromotion?.promotion?.id
  await client.insist({
    name: 'CreateVoucher',
    query: `mutation CreateVoucher($input: CreateVoucherInput!) {
      createVoucher(input: $input) { voucher { id } }
    }`,
    variables: { input: { idempotencyKey: newId(), promotionId, code: 'CRASH', maxUses } },
  })
}
