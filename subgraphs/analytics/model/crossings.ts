/** What a visit was counted to have, of which the rest is made. */
export interface Counted {
  readonly administrative: number
  readonly administrativeSeconds: number
  readonly informational: number
  readonly informationalSeconds: number
  readonly product: number
  readonly productSeconds: number
  readonly bounceRate: number
  readonly exitRate: number
  readonly pageValue: number
  readonly specialDay: number
  /** 1 to 12. */
  readonly month: number
}

const november = 11

/**
 * What trees of a few leaves do not find by themselves: ratios, products, and what a page value
 * means at its time of year. The same in training and serving.
 */
export function crossingsOf(visit: Counted) {
  const { administrative, informational, product, productSeconds, exitRate, bounceRate } = visit
  const { pageValue: value, month } = visit
  const other = administrative + informational
  const pages = other + product
  const exitAboveBounce = exitRate - bounceRate
  return {
    secondsPerProduct: productSeconds / (product + 1),
    pages,
    exitAboveBounce,
    pageValueByPages: value / (pages + 1),
    pageValueTimesExit: value * exitRate,
    pageValueTimesPages: value * pages,
    isValued: value > 0 ? 1 : 0,
    monthBySign: value > 0 ? month : -month,
    exitTimesSeconds: exitRate * productSeconds,
    bounceTimesProducts: bounceRate * product,
    logPageValue: Math.log1p(value),
    secondsPerAdministrative: visit.administrativeSeconds / (administrative + 1),
    productShare: product / (pages + 1),
    otherPages: other,
    exitTimesProducts: exitRate * product,
    seconds: productSeconds + visit.administrativeSeconds + visit.informationalSeconds,
    isNearSpecialDay: visit.specialDay > 0 ? 1 : 0,
    novemberValue: month === november ? value : -1,
    bounceByExit: exitRate > 0 ? bounceRate / exitRate : 0,
    exitTimesLogSeconds: exitRate * Math.log1p(productSeconds),
    productsByOtherPages: other > 0 ? product / other : -1,
    valueTimesExitAboveBounce: Math.log1p(value) * exitAboveBounce,
  }
}

const nothing: Counted = {
  administrative: 0,
  administrativeSeconds: 0,
  informational: 0,
  informationalSeconds: 0,
  product: 0,
  productSeconds: 0,
  bounceRate: 0,
  exitRate: 0,
  pageValue: 0,
  specialDay: 0,
  month: 1,
}

export const crossingNames: readonly string[] = Object.keys(crossingsOf(nothing))
