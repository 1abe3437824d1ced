import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import { wish } from '@shop/kit/testing'
import type { EngineName } from '../plan/engine.ts'
import { abstract } from './directives/abstract.ts'
import { extensions } from './directives/extensions.ts'
import { federation1 } from './directives/federation1.ts'
import { inputsAndEnums } from './directives/inputs.ts'
import { interfaceObjects } from './directives/interface-objects.ts'
import { keys } from './directives/keys.ts'
import { mashUps } from './directives/mash-up.ts'
import { members } from './directives/members.ts'
import { mismatches } from './directives/mismatches.ts'
import { moreObjects } from './directives/more-objects.ts'
import { moreRequires } from './directives/more-requires.ts'
import { moved } from './directives/moved.ts'
import { provides } from './directives/provides.ts'
import { requires } from './directives/requires.ts'
import { shared } from './directives/shared.ts'
import { Operations } from './generate.ts'
import { type Answer, ask, routerOf } from './graph.ts'
import { graphOfWorld, invalidIn, oneServer, type World } from './one-server.ts'

const worlds: readonly World[] = [
  ...keys,
  ...requires,
  ...provides,
  ...shared,
  ...abstract,
  ...interfaceObjects,
  ...inputsAndEnums,
  ...moved,
  ...federation1,
  ...mashUps,
  ...mismatches,
  ...moreRequires,
  ...moreObjects,
  ...extensions,
  ...members,
]
/** `DRAWN_OPERATIONS=20` for more of each world. */
const mostDrawn = Number(wish('DRAWN_OPERATIONS') ?? 8)

const drawnOf = ({ drawnFor }: World, engine: EngineName) =>
  drawnFor?.includes(engine) === false ? 0 : mostDrawn

/** Its data, and whether anything was wrong: of what no subgraph said the router tells in an extension. */
const compared = ({ data = null, errors = [], extensions = {} }: Answer) => ({
  data,
  isWhole: errors.length === 0 && !extensions.valueCompletion,
})

const codeOf = ({ errors }: Answer) => errors?.[0]?.extensions?.code

const written = ({ queries }: World) =>
  queries.map((each) =>
    typeof each === 'string'
      ? { query: each, variables: {} }
      : { query: each[0], variables: each[1] },
  )

for (const engine of ['hive', 'apollo'] as const) {
  for (const world of worlds.filter(({ engines }) => engines?.includes(engine) ?? true)) {
    test(`${engine}: ${world.name}: answered as by one server`, async () => {
      const graph = graphOfWorld(world)
      await using router = await routerOf(graph, {
        plans: { engine, deadlineMs: 30_000, processes: 1 },
      })
      const server = oneServer(graph, world)
      const made = new Operations(router.life.generation.schema, { seed: 1, depth: 3 })
      const drawn = Array.from({ length: drawnOf(world, engine) }, () => made.next()).filter(
        server.admits,
      )

      const drawnQueries = new Set(drawn.map(({ query }) => query))
      const different: object[] = []
      for (const { query, variables } of [...written(world), ...drawn]) {
        const ours = await ask(router, query, variables)
        const theirs = await server.answer(query, variables)
        const isRefused =
          world.mayRefuse && drawnQueries.has(query) && codeOf(ours) === 'NO_QUERY_PLAN'
        if (!isRefused && !isDeepStrictEqual(compared(ours), compared(theirs))) {
          different.push({ query, variables, ours, theirs })
        }
      }

      assert.deepEqual(different, [])
      assert.deepEqual(invalidIn(graph), [])
    })
  }
}
