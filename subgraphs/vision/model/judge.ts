import { judging } from '@shop/kit/learn/report'
import { cacheFolder } from './folders.ts'
import { judgedLatency } from './judging/latency.ts'
import { judgedClothing, judgedGrocery } from './judging/pictures.ts'
import { judgedScene } from './judging/scene.ts'
import { judgedStrangers } from './judging/strangers.ts'
import { openProducts } from './learned/products.ts'
import { clothingSet, grocerySet } from './sets.ts'
import { buildNetwork, fast, precise } from './weights/networks.ts'

await judging(async ({ data, seed }) => {
  for (const network of [fast, precise]) await buildNetwork(cacheFolder, network)
  const clothing = clothingSet(data)
  const grocery = grocerySet(data)
  const world = { products: await openProducts(), folder: cacheFolder, seed }
  return {
    capability: 'vision',
    metrics: [
      ...(await judgedLatency(cacheFolder, clothing.scored)),
      ...(await judgedClothing(world, clothing)),
      ...(await judgedGrocery(world, grocery)),
      ...(await judgedStrangers(world, grocery)),
      ...(await judgedScene(world, [clothing, grocery])),
    ],
  }
})
