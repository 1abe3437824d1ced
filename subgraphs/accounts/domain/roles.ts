export const roleNames = [
  'CUSTOMER',
  'VENDOR',
  'SUPPORT',
  'CATALOG',
  'FINANCE',
  'RISK',
  'ANALYST',
  'ADMIN',
] as const

export type RoleName = (typeof roleNames)[number]

export interface Role {
  readonly name: RoleName
  readonly scopes: readonly string[]
}

const ofStaff = {
  VENDOR: ['vendor:own'],
  SUPPORT: ['orders:read', 'orders:write', 'returns:write', 'customers:read', 'assistant:handoff'],
  CATALOG: [
    'catalog:read',
    'catalog:write',
    'stock:read',
    'stock:write',
    'prices:write',
    'promotions:write',
  ],
  FINANCE: ['payments:read', 'payments:refund', 'ledger:read', 'reports:read'],
  RISK: ['fraud:read', 'fraud:write', 'orders:read', 'customers:read'],
  ANALYST: ['analytics:read', 'forecasts:read', 'models:read', 'reports:read'],
} as const

const ofAdmin = ['staff:write', 'jobs:write', 'models:write', 'audit:read', 'settings:write']

const scopes: Readonly<Record<RoleName, readonly string[]>> = {
  // Own data only, by ownership.
  CUSTOMER: [],
  ...ofStaff,
  ADMIN: [...new Set([...Object.values(ofStaff).flat(), ...ofAdmin])],
}

export const roles: readonly Role[] = roleNames.map((name) => ({ name, scopes: scopes[name] }))

/** Every scope that there is. */
export const allScopes: ReadonlySet<string> = new Set(scopes.ADMIN)

export const scopesOf = (held: readonly RoleName[]): string[] =>
  [...new Set(held.flatMap((name) => scopes[name]))].toSorted()

/** Whoever has a role beyond a customer's is staff. */
export const kindOf = (held: readonly RoleName[]): 'user' | 'staff' =>
  held.some((name) => name !== 'CUSTOMER') ? 'staff' : 'user'
