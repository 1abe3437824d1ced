import { present } from '../domain/present.ts'
import type { VoucherResolvers } from './types.generated.ts'

export const Voucher: VoucherResolvers = {
  __resolveReference: ({ id }, { vouchersById }) => vouchersById.load(id),
  promotion: async ({ promotionId }, _, { promotionsById }) =>
    present(await promotionsById.load(promotionId)),
}
