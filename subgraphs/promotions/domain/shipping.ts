import type { ShippingMethod, ShippingRate } from './rules.ts'

export interface Destination {
  readonly country: string
  readonly region: string | null
}

interface Parcel extends Destination {
  readonly grams: number
  readonly goodsMinor: number
  readonly currency: string
}

/** Null where the method does not take this there. */
export const shippingRate = (method: ShippingMethod, parcel: Parcel): ShippingRate | null =>
  method.endedAt ? null : (method.rates.find((rate) => fits(rate, parcel)) ?? null)

export const serves = ({ rates, endedAt }: ShippingMethod, to: Destination): boolean =>
  endedAt === null && rates.some((rate) => reaches(rate, to))

const reaches = ({ countries, regions }: ShippingRate, { country, region }: Destination) =>
  (countries.length === 0 || countries.includes(country)) &&
  (regions.length === 0 || (region !== null && regions.includes(region)))

const fits = (rate: ShippingRate, parcel: Parcel) =>
  rate.currency === parcel.currency &&
  reaches(rate, parcel) &&
  isWithin(parcel.grams, rate.fromGrams, rate.toGrams) &&
  isWithin(parcel.goodsMinor, rate.fromMinor, rate.toMinor)

const isWithin = (value: number, from: number, to: number | null) =>
  value >= from && (to === null || value < to)
