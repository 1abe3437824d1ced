import { type Chance, chanceOf } from '../chance.ts'
import { idAt } from '../ids.ts'
import { dayMs, historyDays, historyStart, type Options, openedAt } from '../shop.ts'
import { type Country, countries } from './countries.ts'

export interface Address {
  readonly name: string
  readonly street: string
  readonly postalCode: string
  readonly city: string
  readonly country: Country['code']
}

export interface Customer {
  readonly id: string
  readonly number: number
  readonly givenName: string
  readonly familyName: string
  /** At the domains of RFC 2606, which reach nobody. */
  readonly email: string
  readonly emailVerified: boolean
  readonly acceptsMarketing: boolean
  readonly registeredAt: Date
  /** The first is where orders go. */
  readonly addresses: readonly Address[]
}

/** In the order of their registration. Passwords are the caller's to set. */
export function* customers(options: Options): Generator<Customer> {
  for (let number = 0; number < options.customers; number += 1) yield customerAt(options, number)
}

export function customerAt(options: Options, number: number): Customer {
  const chance = chanceOf(options.seed, 'customer', number)
  const country = someCountry(chance)
  const givenName = chance.pick(country.givenNames)
  const familyName = chance.pick(country.familyNames)
  const name = `${givenName} ${familyName}`
  const ms = registeredAt(options, number) + chance.below(dayMs / 24)
  const home = addressIn(country, name, chance)
  return {
    id: idAt('customer', number, { seed: options.seed, ms }),
    number,
    givenName,
    familyName,
    email: emailOf(name, number),
    emailVerified: chance.happens(0.93),
    acceptsMarketing: chance.happens(0.4),
    registeredAt: new Date(ms),
    addresses: chance.happens(0.25) ? [home, addressIn(country, name, chance)] : [home],
  }
}

/** Somebody who buys without an account: a name, an address and an e-mail of their own. */
export function guest(chance: Chance, number: number): { email: string; address: Address } {
  const country = someCountry(chance)
  const name = `${chance.pick(country.givenNames)} ${chance.pick(country.familyNames)}`
  return { email: emailOf(`guest ${name}`, number), address: addressIn(country, name, chance) }
}

/** Two of five were there before the history began, the others came evenly during it. */
export function registeredAt(options: Options, number: number): number {
  const share = (number + 0.5) / options.customers
  const start = historyStart(options)
  const opened = openedAt(options) + 7 * dayMs
  if (share < 0.4) return Math.floor(opened + ((start - opened) * share) / 0.4)
  return Math.floor(start + (historyDays * dayMs * 0.97 * (share - 0.4)) / 0.6)
}

function someCountry(chance: Chance): Country {
  return countries[chance.among(countries.map(({ weight }) => weight))] as Country
}

function addressIn(country: Country, name: string, chance: Chance): Address {
  const city = chance.pick(country.cities)
  const street = chance.pick(country.streets)
  const house = chance.between(1, 140)
  const rest = country.postalRest[city.postal.length] ?? ''
  return {
    name,
    street: country.numberFirst ? `${house} ${street}` : `${street} ${house}`,
    postalCode: city.postal + rest.replace(/[9A]/g, (sign) => someOf(sign, chance)),
    city: city.name,
    country: country.code,
  }
}

const someOf = (sign: string, chance: Chance) =>
  sign === '9' ? String(chance.below(10)) : chance.pick([...'ACDEFHKNPRTVWXY'])

const domains = ['example.com', 'example.org', 'example.net']

function emailOf(name: string, number: number): string {
  const plain = name
    .normalize('NFD')
    .replace(/[\u0300-\u036f’]/g, '')
    .replace(/ı/g, 'i')
    .toLowerCase()
    .replace(/[^a-z]+/g, '.')
  return `${plain}.${number}@${domains[number % domains.length]}`
}
