import type { Money } from '@shop/kit/money'
import type { Generated, JSONColumnType } from 'kysely'
import type { ShippingRate, Stacking } from '../domain/rules.ts'

/** Written as JSON text, read as what it says. */
type Json<T extends object> = JSONColumnType<T, string, string>

export interface Tables {
  price_rules: {
    is_only: Generated<boolean>
    version: Generated<number>
    prices_include_tax: boolean
    home_country: string
    settings_version: Generated<number>
  }
  promotions: {
    id: string
    name: string
    kind: string
    percent_off_bps: number | null
    amounts: Json<readonly Money[]>
    per_item: boolean
    product_ids: string[]
    category_ids: string[]
    min_quantity: number | null
    min_subtotals: Json<readonly Money[]>
    first_order_only: boolean
    needs_voucher: boolean
    priority: number
    stacking: Stacking
    starts_at: Date
    ends_at: Date | null
    version: Generated<number>
  }
  vouchers: {
    id: string
    code: string
    promotion_id: string
    max_uses: number | null
    max_uses_per_shopper: number | null
    uses: Generated<number>
    ends_at: Date | null
    version: Generated<number>
  }
  voucher_shoppers: { voucher_id: string; owner: string; uses: number }
  voucher_uses: {
    voucher_id: string
    step_key: string
    order_id: string
    owner: string
    taken_at: Date
    released_at: Date | null
  }
  price_steps: {
    step_key: string
    order_id: string | null
    owner: string
    at: Date
    released_at: Date | null
  }
  shipping_methods: {
    id: string
    code: string
    name: string
    min_days: number
    max_days: number
    rates: Json<readonly ShippingRate[]>
    position: number
    ended_at: Date | null
    version: Generated<number>
  }
  tax_classes: {
    id: string
    code: string
    name: string
    is_default: Generated<boolean>
    version: Generated<number>
  }
  tax_rates: { tax_class_id: string; country: string; region: string; rate_bps: number }
  tax_class_goods: { good_id: string; tax_class_id: string; is_category: boolean }
}
