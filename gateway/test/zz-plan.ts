import { openApollo } from '../plan/apollo.ts'
import { openHive } from '../plan/hive.ts'
import { graphOf, type Part } from './graph.ts'
import { media, shop } from './worlds.ts'

const [, , world, query] = process.argv
const graph = graphOf((world === 'shop' ? shop : media) as Record<string, Part>)
for (const open of [openHive, openApollo]) {
  try {
    console.log(
      JSON.stringify(
        open(graph.supergraph).plan({
          query: query!,
          operationName: undefined,
          labels: [],
          percentage: 0,
        }),
        null,
        1,
      )
        .replace(/\n\s+/g, ' ')
        .replace(/"kind": "(fetch|flatten|batch)"/g, '\n$&'),
    )
  } catch (e) {
    console.log(String(e))
  }
}
