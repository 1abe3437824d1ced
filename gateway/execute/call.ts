import type { Data } from '../json.ts'
import type { Fetch } from '../plan/nodes.ts'
import type { Group } from './groups.ts'
import type { SubgraphAnswer, SubgraphCall } from './link.ts'
import type { Run } from './run.ts'
import type { World } from './world.ts'

/** Aliases of the plan's own, by which a subgraph knows two fields that the client sees under one name. */
export function renames({ outputRewrites }: Pick<Fetch, 'outputRewrites'>): Map<string, string> {
  const names = new Map<string, string>()
  for (const each of outputRewrites.toReversed()) {
    if (each.kind === 'rename') names.set(each.key, names.get(each.to) ?? each.to)
  }
  return names
}

type Calling = Pick<
  Fetch,
  'service' | 'operation' | 'operationName' | 'operationKind' | 'variables'
>

export function caller(node: Calling, { links }: World, group: Group) {
  const link = links(node.service)
  const callOf = callWriter(node, group)
  const asked = { service: node.service, document: node.operation }
  return (run: Asking, more: string): Promise<SubgraphAnswer> => {
    const call = callOf(run, more)
    const onEnd = run.caller.onFetch?.(asked, call.variables)
    const answer = link.ask(call)
    if (onEnd) {
      answer.then(
        () => onEnd(true),
        () => onEnd(false),
      )
    }
    return answer
  }
}

/** What of a run a call is written from. */
type Asking = Pick<Run, 'given' | 'caller'>

/** Writes the request of a fetch as text: what never changes was written when it was compiled. */
export function callWriter(node: Calling, { name: group, timeoutMs }: Group) {
  const name =
    node.operationName === undefined ? '' : `,"operationName":${JSON.stringify(node.operationName)}`
  const head = `{"query":${JSON.stringify(node.operation)}${name},"variables":`
  const own = node.variables.map((name) => ({ name, label: `${JSON.stringify(name)}:` }))
  const fixed: Omit<SubgraphCall, 'variables' | 'body' | 'request'> = {
    document: node.operation,
    operationName: node.operationName,
    kind: node.operationKind,
    group,
    timeoutMs,
  }

  return ({ given, caller: request }: Asking, more: string): SubgraphCall => {
    const variables = `{${own.length === 0 ? more : joined(written(own, given), more)}}`
    return { ...fixed, variables, body: `${head}${variables}}`, request }
  }
}

/** Those that the client sent; for the others the subgraph has the same defaults. */
function written(own: readonly { name: string; label: string }[], given: Data): string {
  let text = ''
  for (const { name, label } of own) {
    const value = Object.hasOwn(given, name) ? JSON.stringify(given[name]) : undefined
    if (value !== undefined) text = joined(text, label + value)
  }
  return text
}

const joined = (one: string, other: string) =>
  one === '' || other === '' ? one + other : `${one},${other}`
