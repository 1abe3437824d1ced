import { releasePrice } from '../domain/release-price.ts'
import { createPromotion, endPromotion, updatePromotion } from '../domain/save-promotion.ts'
import {
  createShippingMethod,
  endShippingMethod,
  updateShippingMethod,
} from '../domain/save-shipping-method.ts'
import { createTaxClass, updatePriceSettings, updateTaxClass } from '../domain/save-tax-class.ts'
import { createVoucher, createVouchers, updateVoucher } from '../domain/save-voucher.ts'
import type { MutationResolvers } from './types.generated.ts'

export const Mutation: MutationResolvers = {
  takePrice: (_, { input }, context) => context.takePrice(input),
  releasePrice: (_, { input }, context) => context.once('releasePrice', releasePrice, input),
  createPromotion: (_, { input }, context) =>
    context.once('createPromotion', createPromotion, input),
  updatePromotion: (_, { input }, context) =>
    context.once('updatePromotion', updatePromotion, input),
  endPromotion: (_, { input }, context) => context.once('endPromotion', endPromotion, input),
  createVoucher: (_, { input }, context) => context.once('createVoucher', createVoucher, input),
  createVouchers: (_, { input }, context) => context.once('createVouchers', createVouchers, input),
  updateVoucher: (_, { input }, context) => context.once('updateVoucher', updateVoucher, input),
  createShippingMethod: (_, { input }, context) =>
    context.once('createShippingMethod', createShippingMethod, input),
  updateShippingMethod: (_, { input }, context) =>
    context.once('updateShippingMethod', updateShippingMethod, input),
  endShippingMethod: (_, { input }, context) =>
    context.once('endShippingMethod', endShippingMethod, input),
  createTaxClass: (_, { input }, context) => context.once('createTaxClass', createTaxClass, input),
  updateTaxClass: (_, { input }, context) => context.once('updateTaxClass', updateTaxClass, input),
  updatePriceSettings: (_, { input }, context) =>
    context.once('updatePriceSettings', updatePriceSettings, input),
}
