import type { RoleName } from './roles.ts'

export interface User {
  readonly id: string
  readonly email: string
  readonly emailVerified: boolean
  readonly roles: readonly RoleName[]
  readonly createdAt: Date
  readonly deactivatedAt: Date | null
  readonly version: number
}

export interface UserProfile {
  readonly id: string
  readonly givenName: string | null
  readonly familyName: string | null
  readonly phone: string | null
  /** `2001-12-31`. */
  readonly birthDate: string | null
  readonly newsletter: boolean
  readonly preferences: Readonly<Record<string, unknown>>
  readonly defaultShippingAddressId: string | null
  readonly defaultBillingAddressId: string | null
}

export interface Session {
  readonly id: string
  readonly userId: string
  readonly device: string | null
  readonly address: string | null
  readonly createdAt: Date
  readonly usedAt: Date
  readonly expiresAt: Date
}

export interface Address {
  readonly id: string
  readonly userId: string
  readonly name: string
  readonly company: string | null
  readonly line1: string
  readonly line2: string | null
  readonly postalCode: string
  readonly city: string
  readonly region: string | null
  readonly country: string
  readonly phone: string | null
}

/** Empty where none is set. */
export const defaultAddressId = (
  profile: UserProfile | null,
  kind: 'SHIPPING' | 'BILLING',
): string =>
  (kind === 'SHIPPING' ? profile?.defaultShippingAddressId : profile?.defaultBillingAddressId) ?? ''
