import type { Clock } from '@shop/kit/clock'
import { BadUserInput, NotFound, ShopError, StaleVersion } from '@shop/kit/errors'
import { newId } from '@shop/kit/ids'
import { isCountry, isRegion } from './places.ts'
import type { ShippingMethod, ShippingRate } from './rules.ts'

export class ShippingCodeTaken extends ShopError {
  readonly code = 'SHIPPING_CODE_TAKEN'
}

interface Needs {
  clock: Clock
  methods: {
    withId(id: string): Promise<ShippingMethod | null>
    count(): Promise<number>
    add(method: ShippingMethod): Promise<boolean>
    change(method: ShippingMethod): Promise<boolean>
  }
}

export interface ShippingMethodSaved {
  readonly kind: 'ShippingMethodSaved'
  readonly shippingMethodId: string
}

interface RateInput {
  readonly countries?: readonly string[] | null | undefined
  readonly regions?: readonly string[] | null | undefined
  readonly fromGrams?: number | null | undefined
  readonly toGrams?: number | null | undefined
  readonly fromMinor?: number | null | undefined
  readonly toMinor?: number | null | undefined
  readonly price: { readonly amountMinor: number; readonly currency: string }
}

interface MethodInput {
  readonly name: string
  readonly minDays: number
  readonly maxDays: number
  readonly position?: number | undefined
  readonly rates: readonly RateInput[]
}

export async function createShippingMethod(
  { methods }: Needs,
  { code, ...input }: MethodInput & { code: string },
): Promise<ShippingMethodSaved> {
  if (!/^[a-z0-9-]{1,40}$/.test(code)) {
    throw new BadUserInput('A code has 1 to 40 small letters, digits and dashes.')
  }
  if ((await methods.count()) >= 50) throw new BadUserInput('A shop has at most 50 of them.')
  const method = { ...methodFrom(input), id: newId(), code, endedAt: null, version: 1 }
  if (!(await methods.add(method))) throw new ShippingCodeTaken('This code is taken.')
  return { kind: 'ShippingMethodSaved', shippingMethodId: method.id }
}

interface OfMethod {
  readonly shippingMethodId: string
  readonly expectedVersion: number
}

/** All of it but the code, which stands in orders. */
export async function updateShippingMethod(
  needs: Needs,
  { shippingMethodId, expectedVersion, ...input }: MethodInput & OfMethod,
): Promise<ShippingMethodSaved> {
  const before = await expected(needs, { shippingMethodId, expectedVersion })
  return change(needs, { ...before, ...methodFrom(input) })
}

/** Nobody can choose it any more. */
export async function endShippingMethod(
  needs: Needs,
  which: OfMethod,
): Promise<ShippingMethodSaved> {
  return change(needs, { ...(await expected(needs, which)), endedAt: needs.clock.now() })
}

async function change({ methods }: Needs, before: ShippingMethod): Promise<ShippingMethodSaved> {
  const method = { ...before, version: before.version + 1 }
  if (!(await methods.change(method))) throw stale()
  return { kind: 'ShippingMethodSaved', shippingMethodId: method.id }
}

async function expected(
  { methods }: Needs,
  { shippingMethodId, expectedVersion }: OfMethod,
): Promise<ShippingMethod> {
  const found = await methods.withId(shippingMethodId)
  if (!found) throw new NotFound('There is no such shipping method.')
  if (found.version !== expectedVersion) throw stale()
  return found
}

const stale = () => new StaleVersion('It has been changed since.')

function methodFrom({ name, minDays, maxDays, position = 0, rates }: MethodInput) {
  if (!name.trim() || name.length > 200) throw new BadUserInput('A name has 1 to 200 characters.')
  if (minDays < 0 || maxDays < minDays || maxDays > 365) {
    throw new BadUserInput('From the fewest days to the most, at most 365.')
  }
  if (rates.length < 1 || rates.length > 500) throw new BadUserInput('From 1 to 500 rates.')
  return { name, minDays, maxDays, position, rates: rates.map(rateFrom) }
}

function rateFrom(input: RateInput): ShippingRate {
  const { price, countries, regions, fromGrams, toGrams, fromMinor, toMinor } = input
  const rate = {
    countries: countries ?? [],
    regions: regions ?? [],
    fromGrams: fromGrams ?? 0,
    toGrams: toGrams ?? null,
    fromMinor: fromMinor ?? 0,
    toMinor: toMinor ?? null,
    ...price,
  }
  if (!rate.countries.every(isCountry) || !rate.regions.every(isRegion)) {
    throw new BadUserInput('A country has two capitals, a region at most 20 letters.')
  }
  if (rate.amountMinor < 0 || rate.amountMinor > 1e12 || !isRange(rate)) {
    throw new BadUserInput('No price and no bound is negative, and none ends where it begins.')
  }
  return rate
}

const isRange = ({ fromGrams, toGrams, fromMinor, toMinor }: ShippingRate) =>
  fromGrams >= 0 &&
  fromMinor >= 0 &&
  (toGrams === null || toGrams > fromGrams) &&
  (toMinor === null || toMinor > fromMinor)
