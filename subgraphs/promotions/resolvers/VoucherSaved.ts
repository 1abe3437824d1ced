import type { VoucherSavedResolvers } from './types.generated.ts'

export const VoucherSaved: VoucherSavedResolvers = {
  voucher: ({ voucherId }, _, { vouchersById }) => vouchersById.load(voucherId),
}
