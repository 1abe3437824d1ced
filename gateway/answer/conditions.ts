import { type DirectiveNode, Kind, type SelectionNode } from 'graphql'

/** Variables that must be true, or with `!` before them false, for a selection to count. */
export type Conditions = readonly string[]

/** The conditions of a selection within those around it; null when it never counts. */
export function conditionsOf(
  { directives }: Pick<SelectionNode, 'directives'>,
  around: Conditions,
): Conditions | null {
  let all = around
  for (const directive of directives ?? []) {
    const wanted = wantedValue(directive)
    if (wanted === null) continue
    const value = directive.arguments?.[0]?.value
    if (value?.kind === Kind.BOOLEAN) {
      if (value.value !== wanted) return null
    } else if (value?.kind === Kind.VARIABLE) {
      const condition = `${wanted ? '' : '!'}${value.name.value}`
      if (!all.includes(condition)) all = [...all, condition]
    }
  }
  return all
}

function wantedValue({ name }: DirectiveNode): boolean | null {
  if (name.value === 'include') return true
  return name.value === 'skip' ? false : null
}

/** Whether they hold, for one request. */
export function hold(conditions: Conditions, variables: Readonly<Record<string, unknown>>) {
  return conditions.every((condition) =>
    condition.startsWith('!')
      ? variables[condition.slice(1)] !== true
      : variables[condition] === true,
  )
}
