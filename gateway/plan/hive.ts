import {
  type EntityBatchAlias,
  type FetchNodePathSegment,
  type FetchRewrite,
  type FlattenNodePathSegment,
  type BatchFetchNode as HiveBatchFetch,
  type FetchNode as HiveFetch,
  type PlanNode as HiveNode,
  QueryPlanner,
  type RequiresSelection,
} from '@graphql-hive/router-query-planner'
import type { Engine } from './engine.ts'
import type { Batch, BatchFetch, Fetch, Need, PathStep, PlanNode, Rewrite } from './nodes.ts'

/** Hive's planner, native. It is deaf while it plans, so it runs in a process of its own. */
export function openHive(supergraph: string): Engine {
  const planner = new QueryPlanner(supergraph)
  return {
    facts: { apiSchema: planner.consumerSchema, percentages: planner.overridePercentages },
    plan({ query, operationName, labels, percentage }) {
      const { node } = planner.plan(query, operationName, new Set(labels), percentage)
      return node ? { node: planNode(node) } : {}
    },
  }
}

function planNode(node: HiveNode): PlanNode {
  switch (node.kind) {
    case 'Sequence':
      return sequenceNode(node.nodes.map(planNode))
    case 'Parallel':
      return { kind: 'parallel', nodes: node.nodes.map(planNode) }
    case 'Flatten':
      return { kind: 'flatten', path: node.path.map(dataStep), node: planNode(node.node) }
    case 'Condition':
      return {
        kind: 'condition',
        variable: node.condition,
        whenTrue: node.ifClause && planNode(node.ifClause),
        whenFalse: node.elseClause && planNode(node.elseClause),
      }
    case 'Fetch':
      return fetchNode(node)
    case 'BatchFetch':
      return batchNode(node)
    case 'Subscription':
      return subscriptionNode(node as HiveSubscription)
    default:
      throw new Error(`The planner answered with a node of kind ${node.kind}.`)
  }
}

/** What is to be done after each event comes as the rest of a sequence. */
function sequenceNode(nodes: readonly PlanNode[]): PlanNode {
  const [first, ...rest] = nodes
  if (first?.kind !== 'subscription') return { kind: 'sequence', nodes }
  return { ...first, rest: { kind: 'sequence', nodes: rest } }
}

/** The type published for it leaves out what comes after each event. */
interface HiveSubscription {
  readonly kind: 'Subscription'
  readonly primary: HiveFetch | { Fetch?: HiveFetch }
}

function subscriptionNode({ primary }: HiveSubscription): PlanNode {
  const fetch = 'serviceName' in primary ? primary : primary.Fetch
  if (!fetch) throw new Error('The planner answered with a subscription to nothing.')
  return { kind: 'subscription', primary: fetchNode(fetch) }
}

const fetching = (node: HiveFetch | HiveBatchFetch) => ({
  service: node.serviceName,
  operation: node.operation,
  operationName: node.operationName,
  operationKind: node.operationKind ?? ('query' as const),
  variables: node.variableUsages ?? [],
})

const fetchNode = (node: HiveFetch): Fetch => ({
  kind: 'fetch',
  ...fetching(node),
  needs: node.requires?.flatMap(need),
  inputRewrites: (node.inputRewrites ?? []).map(rewrite),
  outputRewrites: (node.outputRewrites ?? []).map(rewrite),
})

const batchNode = (node: HiveBatchFetch): BatchFetch => ({
  kind: 'batch',
  ...fetching(node),
  batches: node.entityBatch.aliases.map(batch),
})

const batch = (node: EntityBatchAlias): Batch => ({
  alias: node.alias,
  representations: node.representationsVariableName,
  paths: node.paths.map((path) => path.map(dataStep)),
  needs: node.requires.flatMap(need),
  inputRewrites: (node.inputRewrites ?? []).map(rewrite),
  outputRewrites: (node.outputRewrites ?? []).map(rewrite),
})

/** In Hive's plans a need is read under the field's name and sent under its alias. */
function need(selection: RequiresSelection): Need[] {
  if (selection.kind === 'Field') {
    const { name, alias, selections } = selection
    return [{ kind: 'field', read: name, send: alias ?? name, needs: selections?.flatMap(need) }]
  }
  if (selection.kind === 'FragmentSpread') throw new Error('A need is spread from a fragment.')
  const { typeCondition, selections, skipIf, includeIf } = selection
  return [{ kind: 'on', type: typeCondition, needs: selections.flatMap(need), skipIf, includeIf }]
}

function dataStep(segment: FlattenNodePathSegment): PathStep {
  if (typeof segment === 'string') return segment
  return 'Field' in segment ? segment.Field : { types: segment.TypeCondition }
}

const rewriteStep = (segment: FetchNodePathSegment): PathStep =>
  'Key' in segment ? segment.Key : { types: segment.TypenameEquals }

function rewrite(given: FetchRewrite): Rewrite {
  const { path, ...act } = bare(given)
  const key = rewriteStep(path.at(-1) ?? { Key: '' })
  if (typeof key !== 'string') throw new Error('A rewrite ends at a type.')
  const within = path.slice(0, -1).map(rewriteStep)
  return 'setValueTo' in act
    ? { kind: 'set', path: within, key, value: act.setValueTo }
    : { kind: 'rename', path: within, key, to: act.renameKeyTo }
}

/** Some come wrapped in their kind, and some carry it. */
function bare(given: FetchRewrite) {
  if ('ValueSetter' in given) return given.ValueSetter
  if ('KeyRenamer' in given) return given.KeyRenamer
  return given
}
