import { type MinorUnits, type Money, minorDigits } from '@shop/kit/money'

/** https://docs.stripe.com/currencies#special-cases: digits that are not ISO 4217's. */
const otherwise: Readonly<Record<string, number>> = { ISK: 2, UGX: 2, MGA: 0 }

/** Of three digits the last has to be 0; it is charged in full units only, though written with two. */
const steps: Readonly<Record<string, number>> = {
  BHD: 10,
  JOD: 10,
  KWD: 10,
  OMR: 10,
  TND: 10,
  ISK: 100,
  UGX: 100,
}

/** https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts: eight digits. */
const most = 99_999_999

function factorOf(currency: string): number {
  const theirs = otherwise[currency] ?? minorDigits(currency)
  return 10 ** (theirs - minorDigits(currency))
}

/** As Stripe counts it; null for what it cannot charge to the last unit. */
export function toStripe({ amountMinor, currency }: Money): number | null {
  const amount = amountMinor * factorOf(currency)
  const isWhole = Number.isInteger(amount) && amount % (steps[currency] ?? 1) === 0
  return isWhole && amount > 0 && amount <= most ? amount : null
}

export function fromStripe(amount: number, currency: string): Money {
  const code = currency.toUpperCase()
  const amountMinor: MinorUnits = amount / factorOf(code)
  return { amountMinor, currency: code }
}
