import type { Connection } from '@shop/kit/database'
import type { Promotion, ShippingRate as Rate, Voucher } from '../domain/rules.ts'

export type {
  CartPrice,
  CartPriced,
  DestinationNotServed,
  VariantsNotSold,
  VoucherRefused,
} from '../domain/cart.ts'
export type { PriceReleased } from '../domain/release-price.ts'
export type {
  PriceSettings,
  Promotion,
  ShippingMethod,
  TaxClass,
  Voucher,
} from '../domain/rules.ts'
export type { PromotionSaved } from '../domain/save-promotion.ts'
export type { ShippingMethodSaved } from '../domain/save-shipping-method.ts'
export type { PriceSettingsSaved, TaxClassSaved } from '../domain/save-tax-class.ts'
export type { VoucherSaved, VouchersCreated } from '../domain/save-voucher.ts'
export type { PriceMoved, PriceTaken } from '../domain/take-price.ts'

export interface ProductVariant {
  readonly id: string
}

export interface Money {
  readonly amountMinor: number
  readonly currency: string
}

export type Offer = Promotion
export type ShippingRate = Rate
export type PromotionConnection = Connection<Promotion>
export type VoucherConnection = Connection<Voucher>
