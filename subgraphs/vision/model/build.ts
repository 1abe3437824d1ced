import { cacheFolder } from './folders.ts'
import { buildNetwork, fast, precise } from './weights/networks.ts'

for (const network of [fast, precise]) {
  const began = performance.now()
  const file = await buildNetwork(cacheFolder, network)
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  process.stdout.write(`${network.name}: ${file}, ${seconds} s\n`)
}
