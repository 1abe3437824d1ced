import { Kind, parse, visit } from 'graphql'
import type { Applied } from './applied.ts'

/** Names of fields that subgraphs require of others. */
export interface RequiredNames {
  readonly all: ReadonlySet<string>
  readonly withArguments: ReadonlySet<string>
}

export function requiredNamesIn(applied: Applied): RequiredNames {
  const all = new Set<string>()
  const withArguments = new Set<string>()
  for (const set of applied.allRequired()) {
    visit(parse(`{ ${set} }`, { noLocation: true }), {
      [Kind.FIELD]: ({ name, arguments: given = [] }) => {
        all.add(name.value)
        if (given.length > 0) withArguments.add(name.value)
      },
    })
  }
  return { all, withArguments }
}
