import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from 'graphql'
import { SubgraphFields } from '../supergraph/subgraph-fields.ts'
import { SubgraphTypes } from '../supergraph/subgraph-types.ts'
import { keys } from '../test/directives/keys.ts'
import { mashUps } from '../test/directives/mash-up.ts'
import { mismatches } from '../test/directives/mismatches.ts'
import { moreRequires } from '../test/directives/more-requires.ts'
import { requires } from '../test/directives/requires.ts'
import { graphOfWorld, type World } from '../test/one-server.ts'
import { openApollo } from './apollo.ts'
import type { ToPlan } from './engine.ts'
import { openHive } from './hive.ts'
import type { PlanNode } from './nodes.ts'
import { missing } from './verify.ts'

const engines = { hive: openHive, apollo: openApollo }

function opened(world: World, engine: keyof typeof engines) {
  const { supergraph } = graphOfWorld(world)
  const { plan } = engines[engine](supergraph)
  const document = parse(supergraph, { noLocation: true })
  const schemas = {
    fields: new SubgraphFields(document),
    types: new SubgraphTypes(document),
  }
  return { plan, lacks: (wanted: ToPlan, node: PlanNode) => missing(wanted, { node }, schemas) }
}

/** Of queries that are planned as they stand: without variables, and names of their own for fields. */
const wantedOf = ({ queries }: World): ToPlan[] =>
  queries
    .filter((each): each is string => typeof each === 'string' && !/\b\w+: \w/.test(each))
    .map((query) => ({ query, operationName: undefined, labels: [], percentage: 0 }))

/** The plan once for each of its fetches, without it. */
function withoutOne(node: PlanNode): PlanNode[] {
  const nothing: PlanNode = { kind: 'sequence', nodes: [] }
  if (node.kind === 'flatten') return withoutOne(node.node).map((each) => ({ ...node, node: each }))
  if (node.kind !== 'sequence' && node.kind !== 'parallel') return [nothing]
  return node.nodes.flatMap((each, at) =>
    withoutOne(each).map((other) => ({ ...node, nodes: node.nodes.with(at, other) })),
  )
}

const worlds = [...keys, ...requires, ...mashUps, ...mismatches]

for (const engine of ['hive', 'apollo'] as const) {
  test(`a plan of ${engine} is whole, and is not without one of its fetches`, () => {
    const noticed: boolean[] = []
    for (const world of worlds) {
      const { plan, lacks } = opened(world, engine)
      for (const wanted of wantedOf(world)) {
        const node = planned(() => plan(wanted).node)
        if (!node) continue
        assert.equal(lacks(wanted, node), null, wanted.query)
        noticed.push(...withoutOne(node).map((less) => lacks(wanted, less) !== null))
      }
    }
    const share = noticed.filter(Boolean).length / noticed.length
    // Planners ask for some things twice: the rest is fetched elsewhere too.
    assert.ok(noticed.length > 100 && share > 0.95, `${share} of ${noticed.length}`)
  })
}

function planned(plan: () => PlanNode | undefined): PlanNode | undefined {
  try {
    return plan()
  } catch {
    return undefined
  }
}

test('a plan that fetches before what it needs is not whole', () => {
  const { plan, lacks } = opened(keys[0] as World, 'hive')
  const [wanted] = wantedOf(keys[0] as World) as [ToPlan]
  const { node } = plan(wanted)
  assert.equal(node?.kind, 'sequence')

  const backwards = { ...node, nodes: node.nodes.toReversed() }

  assert.equal(lacks(wanted, node), null)
  assert.notEqual(lacks(wanted, backwards), null)
})

test('a plan that sends one value for another that is required is not whole', () => {
  const twice = moreRequires.find(({ name }) => name.includes('two arguments')) as World
  const [query] = twice.queries as [string]
  const wanted = { query, operationName: undefined, labels: [], percentage: 0 }

  const [right, wrong] = (['hive', 'apollo'] as const).map((engine) => {
    const { plan, lacks } = opened(twice, engine)
    return lacks(wanted, plan(wanted).node as PlanNode)
  })

  assert.equal(right, null)
  assert.match(String(wrong), /^Item\.(label|sign)$/)
})
