import { readFileSync } from 'node:fs'
import type { Identity } from '@shop/kit/identity'

/** A line of `access.csv`: what a person says of who may have a field, or every field of a type. */
export interface AccessRow {
  readonly type: string
  readonly field: string
  /** `anyone`, `signed-in`, a scope, `staff`, `partner` or `service:<name>`; any one of them is enough. */
  readonly who: readonly string[]
  readonly isOwn: boolean
}

const [, ...lines] = readFileSync(new URL('access.csv', import.meta.url), 'utf8')
  .trim()
  .split('\n')

export const rows: readonly AccessRow[] = lines.map((line) => {
  const [type = '', field = '', who = '', whose = ''] = line.trim().split(',')
  return { type, field, who: who.split('|'), isOwn: whose === 'own' }
})

/** A field's own row wins over its type's. */
export function rowOf(type: string, field: string): AccessRow | undefined {
  const own = rows.find((row) => row.type === type && row.field === field)
  return own ?? rows.find((row) => row.type === type && row.field === '')
}

/** Whether the row lets this identity at the field at all; whose rows it then sees is another question. */
export function isGiven({ who }: AccessRow, identity: Identity): boolean {
  return who.some((word) => {
    switch (word) {
      case 'anyone':
        return true
      case 'signed-in':
        return identity.kind !== 'anonymous'
      case 'staff':
      case 'partner':
        return identity.kind === word
      default:
        if (word.startsWith('service:')) {
          return identity.kind === 'service' && word === `service:${identity.id}`
        }
        return identity.scopes.includes(word)
    }
  })
}

const id = (n: number) => `019a3c1e-7f00-7000-8000-0000000000${n}`

const everyScope = [
  ...new Set(rows.flatMap(({ who }) => who).filter((word) => /^[a-z]+:[a-z]+$/.test(word))),
].filter((word) => !word.startsWith('service:'))

export const identities: Readonly<Record<string, Identity>> = {
  anonymous: { kind: 'anonymous', id: '', scopes: [] },
  owner: { kind: 'user', id: id(11), scopes: [] },
  other: { kind: 'user', id: id(12), scopes: [] },
  'staff with every scope': { kind: 'staff', id: id(13), scopes: everyScope },
  'staff without one': { kind: 'staff', id: id(14), scopes: [] },
  partner: { kind: 'partner', id: id(15), scopes: [] },
  service: { kind: 'service', id: 'orders', scopes: [] },
}
