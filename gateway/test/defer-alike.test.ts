import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Kind, parse, print, visit } from 'graphql'
import { Operations } from './generate.ts'
import { ask, graphOf, routerOf } from './graph.ts'
import { madeUp, referencesIn } from './made-up.ts'
import { partsOf, wholeOf } from './parts-client.ts'
import { seeded } from './seed.ts'
import { media, shop } from './worlds.ts'

const worlds = [
  { name: 'a shop', parts: shop, engine: 'hive', depth: 4, seed: 11 },
  { name: 'a shop', parts: shop, engine: 'apollo', depth: 4, seed: 12 },
  { name: 'media', parts: media, engine: 'hive', depth: 3, seed: 13 },
] as const

for (const { name, parts, engine, depth, seed } of worlds) {
  test(`${name} in parts is the same as whole, with ${engine}'s plans`, async () => {
    const withReferences = Object.fromEntries(
      Object.entries(parts).map(([service, part]) => [
        service,
        { ...part, resolvers: referencesIn(part.typeDefs) },
      ]),
    )
    const graph = graphOf(withReferences, madeUp({ oneIn: 0 }))
    await using router = await routerOf(graph, { plans: { engine, deadlineMs: 30_000 } })
    const operations = new Operations(router.life.generation.schema, { seed, depth })
    const random = seeded(seed)

    let inParts = 0
    for (let at = 0; at < 25; at++) {
      const { query, variables } = operations.next()
      const deferred = withDefers(query, random)
      const { data, errors } = await ask(router, query, variables)
      const parts = partsOf(router, deferred, variables)
      const { value: first } = await parts.next()
      const { count, ...whole } = first.hasNext
        ? await wholeOf(rejoined(first, parts))
        : { count: 1, ...first }
      if (count > 1) inParts++
      assert.deepEqual({ data: whole.data, errors: whole.errors }, { data, errors }, deferred)
    }

    assert.ok(inParts >= 5, `${inParts} came in parts`)
  })
}

async function* rejoined<T>(first: T, rest: AsyncIterable<T>) {
  yield first
  yield* rest
}

function withDefers(query: string, random: () => number): string {
  let count = 0
  const name = { kind: Kind.NAME, value: 'defer' } as const
  const label = () =>
    ({
      kind: Kind.ARGUMENT,
      name: { kind: Kind.NAME, value: 'label' },
      value: { kind: Kind.STRING, value: `d${count++}` },
    }) as const
  const late = <N extends { directives?: readonly unknown[] }>(node: N) =>
    random() < 0.6
      ? {
          ...node,
          directives: [
            ...(node.directives ?? []),
            { kind: Kind.DIRECTIVE, name, arguments: [label()] },
          ],
        }
      : undefined
  return print(visit(parse(query), { FragmentSpread: late, InlineFragment: { leave: late } }))
}
