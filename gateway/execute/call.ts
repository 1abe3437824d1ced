import type { Fetch } from '../plan/nodes.ts'
import type { SubgraphAnswer, SubgraphCall } from './link.ts'
import type { Run } from './run.ts'
import type { World } from './world.ts'

/** Aliases of the plan's own, by which a subgraph knows two fields that the client sees under one name. */
export function renames({ outputRewrites }: Pick<Fetch, 'outputRewrites'>): Map<string, string> {
  return new Map(
    outputRewrites.flatMap((each) => (each.kind === 'rename' ? [[each.key, each.to]] : [])),
  )
}

type Calling = Pick<
  Fetch,
  'service' | 'operation' | 'operationName' | 'operationKind' | 'variables'
>

/** Writes the request of a fetch as text: what never changes was written when it was compiled. */
export function caller(node: Calling, { links }: World) {
  const link = links(node.service)
  const name =
    node.operationName === undefined ? '' : `,"operationName":${JSON.stringify(node.operationName)}`
  const head = `{"query":${JSON.stringify(node.operation)}${name},"variables":`
  const own = node.variables.map((variable) => [variable, `${JSON.stringify(variable)}:`] as const)
  const fixed: Pick<SubgraphCall, 'document' | 'operationName' | 'kind'> = {
    document: node.operation,
    operationName: node.operationName,
    kind: node.operationKind,
  }

  return (run: Run, more: string): Promise<SubgraphAnswer> => {
    let inside = ''
    for (const [variable, label] of own) {
      if (!Object.hasOwn(run.given, variable)) continue
      const text = JSON.stringify(run.given[variable])
      if (text !== undefined) inside += `${inside === '' ? '' : ','}${label}${text}`
    }
    if (more !== '') inside += inside === '' ? more : `,${more}`
    const variables = `{${inside}}`
    return link.ask({ ...fixed, variables, body: `${head}${variables}}`, request: run.request })
  }
}
