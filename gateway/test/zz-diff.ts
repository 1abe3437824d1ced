import { isDeepStrictEqual } from 'node:util'
import { buildSchema } from 'graphql'
import { Operations } from './generate.ts'
import { ask, graphOf, type Part, routerOf } from './graph.ts'
import { madeUp, referencesIn } from './made-up.ts'
import { askReference, referenceOf } from './reference.ts'
import { media, shop } from './worlds.ts'

const [, , world, engine, oneIn, n, seed] = process.argv
const parts = (world === 'shop' ? shop : media) as Record<string, Part>
const graph = graphOf(
  Object.fromEntries(
    Object.entries(parts).map(([k, p]) => [k, { ...p, resolvers: referencesIn(p.typeDefs) }]),
  ),
  madeUp({ oneIn: Number(oneIn) }),
)
const router = await routerOf(graph, { plans: { engine: engine as 'hive' } })
const reference = referenceOf(graph)
const ops = new Operations(router.life.generation.schema, Number(seed))
const norm = (a: any) => ({
  data: a.data,
  paths: (a.errors ?? []).map((e: any) => JSON.stringify(e.path)).sort(),
})
let best = 1e9,
  bad = 0,
  invalid = 0,
  errs = 0
for (let i = 0; i < Number(n); i++) {
  process.env.V && console.error(i)
  const { query, variables } = ops.next()
  const x = await ask(router, query, variables)
  const y = await askReference(reference, query, variables)
  if (
    x.errors?.[0]?.extensions.code === 'GRAPHQL_VALIDATION_FAILED' &&
    y.errors?.[0]?.extensions.code === 'GRAPHQL_VALIDATION_FAILED'
  ) {
    invalid++
    continue
  }
  if (x.errors) errs++
  const a = norm(x),
    b = norm(y)
  if (!isDeepStrictEqual(JSON.parse(JSON.stringify(a)), JSON.parse(JSON.stringify(b)))) {
    bad++
    if (query.length < best) {
      best = query.length
      console.log('--- DIFF', i, query, JSON.stringify(variables))
      console.log('ours', JSON.stringify(x).slice(0, 1500))
      console.log('ref ', JSON.stringify(y).slice(0, 1500))
    }
  }
}
console.log({ world, engine, oneIn, n, bad, invalid, errs })
await reference.stop()
await router[Symbol.asyncDispose]()
