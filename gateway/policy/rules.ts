import { type Identity, isUnder } from '@shop/kit/identity'
import type { Use } from '../supergraph/applied.ts'

/** What somebody must be, to be given a field. Equal rules are one object. */
export interface Rule {
  readonly key: string
  holdsFor(identity: Identity): boolean
}

/** Any of the lists, and of it every name. */
type Names = readonly (readonly string[])[]

const known = new Map<string, Rule>()

/** Of a directive that says who may have a field; nothing for another. */
export function ruleOf({ name, given }: Use): Rule | null {
  switch (name) {
    case 'authenticated':
      return rule('authenticated', ({ kind }) => kind !== 'anonymous')
    case 'requiresScopes':
      return oneOf('scopes', given.scopes, ({ scopes }, scope) => scopes.includes(scope))
    case 'policy':
      return oneOf('policies', given.policies, isUnder)
    default:
      return null
  }
}

function oneOf(
  kind: string,
  given: unknown,
  has: (identity: Identity, name: string) => boolean,
): Rule {
  const names = given as Names
  return rule(`${kind} ${JSON.stringify(names)}`, (identity) =>
    names.some((all) => all.every((name) => has(identity, name))),
  )
}

function rule(key: string, holdsFor: Rule['holdsFor']): Rule {
  const made = known.get(key) ?? { key, holdsFor }
  known.set(key, made)
  return made
}
