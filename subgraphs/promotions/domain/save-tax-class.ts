import { BadUserInput, NotFound, ShopError, StaleVersion } from '@shop/kit/errors'
import { isId, newId } from '@shop/kit/ids'
import { isCountry, isRegion } from './places.ts'
import type { PriceSettings, TaxClass } from './rules.ts'

/** Its code is taken, or a product or category is in another class. */
export class TaxClassTaken extends ShopError {
  readonly code = 'TAX_CLASS_TAKEN'
}

interface Needs {
  taxClasses: {
    all(): Promise<readonly TaxClass[]>
    add(taxClass: TaxClass): Promise<boolean>
    change(taxClass: TaxClass): Promise<boolean>
  }
}

export interface TaxClassSaved {
  readonly kind: 'TaxClassSaved'
  readonly taxClassId: string
}

interface ClassInput {
  readonly name: string
  readonly productIds?: readonly string[] | undefined
  readonly categoryIds?: readonly string[] | undefined
  readonly rates: readonly {
    readonly country: string
    readonly region?: string | null | undefined
    readonly rateBps: number
  }[]
}

export async function createTaxClass(
  { taxClasses }: Needs,
  { code, ...input }: ClassInput & { code: string },
): Promise<TaxClassSaved> {
  if (!/^[a-z0-9-]{1,40}$/.test(code)) {
    throw new BadUserInput('A code has 1 to 40 small letters, digits and dashes.')
  }
  if ((await taxClasses.all()).length >= 50) throw new BadUserInput('A shop has at most 50.')
  const taxClass = { ...classFrom(input), id: newId(), code, isDefault: false, version: 1 }
  if (!(await taxClasses.add(taxClass))) throw new TaxClassTaken('It, or what is in it, is taken.')
  return { kind: 'TaxClassSaved', taxClassId: taxClass.id }
}

interface UpdateTaxClass extends ClassInput {
  readonly taxClassId: string
  readonly expectedVersion: number
}

/** All of it: what is not in the new one is no longer in it. */
export async function updateTaxClass(
  { taxClasses }: Needs,
  { taxClassId, expectedVersion, ...input }: UpdateTaxClass,
): Promise<TaxClassSaved> {
  const before = (await taxClasses.all()).find(({ id }) => id === taxClassId)
  if (!before) throw new NotFound('There is no such tax class.')
  if (before.version !== expectedVersion) throw new StaleVersion('It has been changed since.')
  const taxClass = { ...before, ...classFrom(input), version: before.version + 1 }
  if (!(await taxClasses.change(taxClass))) throw new TaxClassTaken('What is in it is taken.')
  return { kind: 'TaxClassSaved', taxClassId: taxClass.id }
}

function classFrom({ name, productIds = [], categoryIds = [], rates }: ClassInput) {
  if (!name.trim() || name.length > 200) throw new BadUserInput('A name has 1 to 200 characters.')
  const ids = [...productIds, ...categoryIds]
  const isOnce = new Set(ids).size === ids.length
  if (ids.length > 1000 || !isOnce || !ids.every(isId)) {
    throw new BadUserInput('At most 1,000 ids of ours, each once.')
  }
  const named = rates.map(({ country, region, rateBps }) => ({
    country,
    region: region || null,
    rateBps,
  }))
  const isSane = ({ country, region, rateBps }: TaxClass['rates'][number]) =>
    isCountry(country) && (region === null || isRegion(region)) && rateBps >= 0 && rateBps <= 10_000
  const places = new Set(named.map(({ country, region }) => `${country} ${region}`))
  if (named.length > 1000 || places.size < named.length || !named.every(isSane)) {
    throw new BadUserInput('One rate a country and region, from 0 to 100 per cent.')
  }
  return { name, productIds, categoryIds, rates: named }
}

export interface PriceSettingsSaved {
  readonly kind: 'PriceSettingsSaved'
}

interface Setting {
  settings: { change(settings: PriceSettings): Promise<boolean> }
}

interface UpdatePriceSettings {
  readonly expectedVersion: number
  readonly pricesIncludeTax: boolean
  readonly homeCountry: string
}

export async function updatePriceSettings(
  { settings }: Setting,
  { expectedVersion, pricesIncludeTax, homeCountry }: UpdatePriceSettings,
): Promise<PriceSettingsSaved> {
  if (!isCountry(homeCountry)) throw new BadUserInput('A country has two capitals.')
  const next = { pricesIncludeTax, homeCountry, version: expectedVersion + 1 }
  if (!(await settings.change(next))) throw new StaleVersion('They have been changed since.')
  return { kind: 'PriceSettingsSaved' }
}
