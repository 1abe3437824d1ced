import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { dataSetsIn } from '@shop/kit/learn/data'
import { sha256 } from '@shop/kit/learn/model-folder'
import { cacheFolder, dataFolder } from './folders.ts'
import { examplesOf, type Path } from './learned/examples.ts'
import { writeFamily } from './learned/family.ts'
import { openProducts } from './learned/products.ts'
import { trainedSpace, usualSpace } from './learned/space.ts'
import { clothingSet, grocerySet, type Photo } from './sets.ts'
import { buildNetwork, fast, precise } from './weights/networks.ts'

const { values } = parseArgs({ options: { seed: { type: 'string', default: '1' } } })
const seed = Number(values.seed)
const data = dataSetsIn({ folder: dataFolder() })
const [clothing, grocery] = [clothingSet(data), grocerySet(data)]
const commit = execFileSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' }).trim()
const card = readFileSync(path.join(import.meta.dirname, 'README.md'), 'utf8')
const products = await openProducts()
for (const network of [fast, precise]) await buildNetwork(cacheFolder, network)

await train(clothing.name, clothing.classes, clothing.train)
await train(grocery.name, grocery.classes, [...grocery.train, ...grocery.catalogue])
const scenes = [clothing, grocery].map(({ train: photos }, label) =>
  photos.map(({ file }) => ({ file, label })),
)
await train('scene', ['clothing', 'grocery'], scenes.flat())

async function train(name: string, classes: readonly string[], photos: readonly Photo[]) {
  const examples = await examplesOf(cacheFolder, photos, classes.length)
  const dataHash = sha256(photos.map(({ file }) => sha256(readFileSync(file))).join())
  const paths: Path[] = name === 'scene' ? ['fast'] : ['precise', 'fast']
  for (const each of paths) {
    const space = await trainedSpace(products, examples[each], { ...usualSpace, seed })
    const names = { classes, thresholds: space.thresholds, path: each }
    const manifest = writeFamily(cacheFolder, { name, names, space, seed, dataHash, commit, card })
    process.stdout.write(`${manifest.name} ${manifest.version}\n`)
  }
}
