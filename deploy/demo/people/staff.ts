import { sellerId } from '../categories.ts'
import { idAt } from '../ids.ts'
import { type Options, openedAt } from '../shop.ts'

export interface StaffMember {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly role: 'VENDOR' | 'SUPPORT' | 'CATALOG' | 'FINANCE' | 'RISK' | 'ANALYST' | 'ADMIN'
  /** Of a vendor alone. */
  readonly sellerId: string | null
}

const names = {
  ADMIN: ['Ada Admin'],
  SUPPORT: ['Sam Support', 'Selma Support'],
  CATALOG: ['Carla Catalog', 'Casper Catalog'],
  FINANCE: ['Finn Finance'],
  RISK: ['Rita Risk'],
  ANALYST: ['Anton Analyst'],
  VENDOR: ['Vera Vendor', 'Victor Vendor', 'Viola Vendor'],
} as const

/** One or more of each role; the name says the role, so that nobody searches at a demonstration. */
export function staff(options: Options): StaffMember[] {
  const roles = Object.keys(names) as (keyof typeof names)[]
  return roles
    .flatMap((role) => names[role].map((name, place) => ({ role, name, place })))
    .map(({ role, name, place }, index) => ({
      id: idAt('staff', index, { seed: options.seed, ms: openedAt(options) }),
      name,
      email: `${name.toLowerCase().replace(' ', '.')}@staff.example.com`,
      role,
      sellerId: role === 'VENDOR' ? sellerId(options, place + 1) : null,
    }))
}
