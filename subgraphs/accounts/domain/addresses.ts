import { BadUserInput, NotFound } from '@shop/kit/errors'
import { type Asked, viewerIn } from '@shop/kit/identity'
import { isId, newId } from '@shop/kit/ids'
import { phoneFrom, shortText } from './profile.ts'

type Text = string | null | undefined

export interface WrittenAddress {
  readonly name: string
  readonly company?: Text
  readonly line1: string
  readonly line2?: Text
  readonly postalCode: string
  readonly city: string
  readonly region?: Text
  readonly country: string
  readonly phone?: Text
}

export type AddressLines = ReturnType<typeof linesOf>

export type AddressKind = 'SHIPPING' | 'BILLING'

interface Needs extends Asked {
  addresses: {
    /** Locks the account's list, and says how many are in it. */
    count(userId: string): Promise<number>
    add(userId: string, id: string, lines: AddressLines): Promise<void>
    change(userId: string, id: string, lines: AddressLines): Promise<boolean>
    remove(userId: string, id: string): Promise<boolean>
    setDefault(userId: string, id: string, kind: AddressKind): Promise<boolean>
  }
}

export const mostAddresses = 50

/** The first becomes the default for everything. */
export async function createAddress(needs: Needs, { address }: { address: WrittenAddress }) {
  const userId = viewerIn(needs)
  const lines = linesOf(address)
  const before = await needs.addresses.count(userId)
  if (before >= mostAddresses) return { kind: 'TooManyAddresses', most: mostAddresses } as const
  const addressId = newId()
  await needs.addresses.add(userId, addressId, lines)
  if (before === 0) {
    await needs.addresses.setDefault(userId, addressId, 'SHIPPING')
    await needs.addresses.setDefault(userId, addressId, 'BILLING')
  }
  return { kind: 'AddressSaved', addressId } as const
}

export async function updateAddress(
  needs: Needs,
  { addressId, address }: { addressId: string; address: WrittenAddress },
) {
  const userId = viewerIn(needs)
  const lines = linesOf(address)
  known(isId(addressId) && (await needs.addresses.change(userId, addressId, lines)))
  return { kind: 'AddressSaved', addressId } as const
}

/** Where it was a default, there is none until another is named. */
export async function deleteAddress(needs: Needs, { addressId }: { addressId: string }) {
  const userId = viewerIn(needs)
  known(isId(addressId) && (await needs.addresses.remove(userId, addressId)))
  return { kind: 'AddressDeleted', addressId } as const
}

export async function setDefaultAddress(
  needs: Needs,
  { addressId, kind }: { addressId: string; kind: AddressKind },
) {
  const userId = viewerIn(needs)
  known(isId(addressId) && (await needs.addresses.setDefault(userId, addressId, kind)))
  return { kind: 'AddressSaved', addressId } as const
}

function known(isKnown: boolean): void {
  if (!isKnown) throw new NotFound('There is no such address.')
}

function linesOf(address: WrittenAddress) {
  const { name, company, line1, line2, postalCode, city, region, phone } = address
  const country = address.country.trim().toUpperCase()
  if (!isCountry(country)) throw new BadUserInput('A country is two letters of ISO 3166-1.')
  return {
    name: needed(name, 'A name'),
    company: shortText(company, 'A company'),
    line1: needed(line1, 'A line'),
    line2: shortText(line2, 'A line'),
    postal_code: shortText(postalCode, 'A postal code', 20) ?? '',
    city: needed(city, 'A city'),
    region: shortText(region, 'A region'),
    country,
    phone: phoneFrom(phone),
  }
}

function needed(text: string, what: string): string {
  const line = shortText(text, what)
  if (!line) throw new BadUserInput(`${what} is needed.`)
  return line
}

const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })

const isCountry = (code: string) => /^[A-Z]{2}$/.test(code) && regions.of(code) !== undefined
