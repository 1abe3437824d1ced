import { byKind } from '@shop/kit/kind'
import { CurrencyCode, DateTime, MinorUnits } from '@shop/kit/scalars'
import { Money } from './Money.ts'
import { Mutation } from './Mutation.ts'
import { Offer } from './Offer.ts'
import { PriceReleased } from './PriceReleased.ts'
import { PriceSettingsSaved } from './PriceSettingsSaved.ts'
import { ProductVariant } from './ProductVariant.ts'
import { Promotion } from './Promotion.ts'
import { PromotionSaved } from './PromotionSaved.ts'
import { Query } from './Query.ts'
import { ShippingMethodSaved } from './ShippingMethodSaved.ts'
import { ShippingRate } from './ShippingRate.ts'
import { TaxClassSaved } from './TaxClassSaved.ts'
import type { Resolvers } from './types.generated.ts'
import { Voucher } from './Voucher.ts'
import { VoucherSaved } from './VoucherSaved.ts'
import { VouchersCreated } from './VouchersCreated.ts'

export const resolvers: Resolvers = {
  CurrencyCode,
  DateTime,
  MinorUnits,
  Money,
  Mutation,
  Offer,
  PriceCartResult: byKind,
  PriceReleased,
  PriceSettingsSaved,
  ProductVariant,
  Promotion,
  PromotionSaved,
  Query,
  ShippingMethodSaved,
  ShippingRate,
  TakePriceResult: byKind,
  TaxClassSaved,
  Voucher,
  VoucherSaved,
  VouchersCreated,
}
