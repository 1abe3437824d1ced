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
    const own = conditionOf(directive)
    if (own === false) return null
    if (own !== true && !all.includes(own)) all = [...all, own]
  }
  return all
}

/** Of one directive: what it waits for, or whether it lets pass whatever is asked. */
function conditionOf(directive: DirectiveNode): string | boolean {
  const wanted = wantedValue(directive)
  const value = directive.arguments?.[0]?.value
  if (wanted === null) return true
  if (value?.kind === Kind.VARIABLE) return `${wanted ? '' : '!'}${value.name.value}`
  return value?.kind !== Kind.BOOLEAN || value.value === wanted
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
