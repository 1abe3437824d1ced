import { codeFrom } from '../domain/vouchers.ts'
import type { QueryResolvers } from './types.generated.ts'

export const Query: QueryResolvers = {
  priceCart: (_, { input }, { price }) => price(input),
  shippingMethods: (_, where, { shippingTo }) => shippingTo(where),
  promotions: (_, { runningNow, ...page }, { promotions, now }) =>
    promotions.page(page, runningNow ? now() : null),
  promotion: (_, { id }, { promotionsById }) => promotionsById.load(id),
  voucher: (_, { code }, { vouchers }) => vouchers.byCode(codeFrom(code)),
  taxClasses: (_, __, { taxClasses }) => taxClasses.all(),
  priceSettings: (_, __, { settings }) => settings.read(),
}
