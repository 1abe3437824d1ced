import { operationFromDocument, Supergraph } from '@apollo/federation-internals'
import {
  type FetchNode as ApolloFetch,
  type PlanNode as ApolloNode,
  type FetchDataRewrite,
  QueryPlanner,
  type QueryPlanSelectionNode,
  type SubscriptionNode,
} from '@apollo/query-planner'
import { parse, printSchema } from 'graphql'
import { withoutSecurity } from '../supergraph/without-security.ts'
import type { Engine } from './engine.ts'
import type { Fetch, Need, PathStep, PlanNode, Rewrite } from './nodes.ts'

/** Apollo's planner, in JavaScript: for machines that Hive's has no binary for. */
export function openApollo(sdl: string): Engine {
  const supergraph = Supergraph.build(withoutSecurity(sdl))
  const api = supergraph.apiSchema()
  // A client's fragment may be on a root that a subgraph calls otherwise.
  const planner = new QueryPlanner(supergraph, { reuseQueryFragments: false })
  return {
    facts: { apiSchema: printSchema(api.toGraphQLJSSchema()), percentages: percentages(sdl) },
    plan({ query, operationName, labels, percentage }) {
      const named = operationName === undefined ? {} : { operationName }
      const operation = operationFromDocument(api, parse(query), named)
      const on = [
        ...labels,
        ...percentages(sdl)
          .filter((n) => percentage < n)
          .map(percentLabel),
      ]
      const overrideConditions = new Map(on.map((label) => [label, true]))
      const { node } = planner.buildQueryPlan(operation, { overrideConditions })
      return node ? { node: planNode(node) } : {}
    },
  }
}

const percentLabel = (n: number) => `percent(${n})`

function percentages(sdl: string): number[] {
  const found = sdl.matchAll(/overrideLabel: "percent\(([\d.]+)\)"/g)
  return [...new Set([...found].map(([, n]) => Number(n)))]
}

function planNode(node: ApolloNode | SubscriptionNode): PlanNode {
  switch (node.kind) {
    case 'Sequence':
      return { kind: 'sequence', nodes: node.nodes.map(planNode) }
    case 'Parallel':
      return { kind: 'parallel', nodes: node.nodes.map(planNode) }
    case 'Flatten':
      return { kind: 'flatten', path: node.path.map(String), node: planNode(node.node) }
    case 'Condition':
      return {
        kind: 'condition',
        variable: node.condition,
        whenTrue: node.ifClause && planNode(node.ifClause),
        whenFalse: node.elseClause && planNode(node.elseClause),
      }
    case 'Fetch':
      return fetchNode(node)
    case 'Subscription':
      return {
        kind: 'subscription',
        primary: fetchNode(node.primary),
        rest: node.rest && planNode(node.rest),
      }
    default:
      throw new Error(`The planner answered with a node of kind ${node.kind}.`)
  }
}

const fetchNode = (node: ApolloFetch): Fetch => ({
  kind: 'fetch',
  id: node.id,
  service: node.serviceName,
  operation: node.operation,
  operationName: node.operationName,
  operationKind: node.operationKind,
  variables: node.variableUsages ?? [],
  needs: node.requires?.map(need),
  inputRewrites: (node.inputRewrites ?? []).map(rewrite),
  outputRewrites: (node.outputRewrites ?? []).map(rewrite),
})

/** In Apollo's plans a need is read and sent under its alias. */
function need(selection: QueryPlanSelectionNode): Need {
  if (selection.kind === 'Field') {
    const name = selection.alias ?? selection.name
    return { kind: 'field', read: name, send: name, needs: selection.selections?.map(need) }
  }
  const { typeCondition, selections } = selection
  if (typeCondition === undefined) throw new Error('A need has no type.')
  return { kind: 'on', type: typeCondition, needs: selections.map(need) }
}

function rewrite(given: FetchDataRewrite): Rewrite {
  const path = given.path.slice(0, -1).map(step)
  const key = given.path.at(-1) ?? ''
  return given.kind === 'ValueSetter'
    ? { kind: 'set', path, key, value: given.setValueTo }
    : { kind: 'rename', path, key, to: given.renameKeyTo }
}

const step = (text: string): PathStep =>
  text.startsWith('... on ') ? { types: [text.slice('... on '.length)] } : text
