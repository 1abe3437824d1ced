import { type Comparison, differences } from '@shop/gateway/test/compare'
import { media, shop } from '@shop/gateway/test/worlds'
import { parts } from '../bench/router/world.ts'

/** Generated operations over foreign graphs, answered by us and by stock Apollo Gateway, whole and in disorder. */
const graphs = { shop, media, bench: parts } as const

const [count = '5000', seed = '1'] = process.argv.slice(2)
const kinds = Object.entries(graphs).flatMap(([name, graph]) =>
  (['hive', 'apollo'] as const).flatMap((engine) =>
    [0, 13].map((faults) => ({ name, engine, faults, parts: withoutResolvers(graph) })),
  ),
)
const each = Math.ceil(Number(count) / kinds.length)
let [all, wrong, withErrors] = [0, 0, 0]
for (const [at, { name, ...kind }] of kinds.entries()) {
  const comparison = { ...kind, operations: each, depth: 4, seed: Number(seed) * 100 + at }
  const result = await differences(comparison)
  all += each
  wrong += result.found.length
  withErrors += result.withErrors
  process.stdout.write(
    `${name}, ${kind.engine}, one in ${kind.faults || '∞'} fails: ${each} operations, ${result.found.length} differ\n`,
  )
  for (const one of result.found.slice(0, 3)) process.stdout.write(`${JSON.stringify(one)}\n`)
}
process.stdout.write(`${all} operations, ${withErrors} with errors, ${wrong} differ\n`)
process.exit(wrong > 0 ? 1 : 0)

function withoutResolvers(graph: Comparison['parts']): Comparison['parts'] {
  return Object.fromEntries(
    Object.entries(graph).map(([name, { typeDefs }]) => [name, { typeDefs }]),
  )
}
