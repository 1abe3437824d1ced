import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { dataSetsIn } from '@shop/kit/learn/data'
import { sha256, writeModel } from '@shop/kit/learn/model-folder'
import { treesToJson } from '@shop/kit/learn/tree-file'
import { trainedDemand } from './demand-trees.ts'
import { juiceSales, withPast } from './sales.ts'

/**
 * `npm run models:train -- pricing --out <folder>`: demand of orange-juice, elasticities and trees.
 * The set is under the GPL, so what is written is not for committing. One seed is the same bytes.
 */
const { values } = parseArgs({
  options: {
    out: { type: 'string', default: '.data/models/pricing' },
    commit: { type: 'string', default: 'unknown' },
    seed: { type: 'string', default: '1' },
  },
})
const seed = Number(values.seed)
// biome-ignore lint/style/noProcessEnv: a command that is run, and never imported.
const file = dataSetsIn({ folder: process.env.SHOP_DATA_DIR ?? '' }).train('orange-juice/sales')
const { trees, ...rest } = trainedDemand(withPast(juiceSales(file)), { seed })
const manifest = writeModel(values.out, {
  name: 'price-demand',
  seed,
  commit: values.commit,
  dataHash: sha256(readFileSync(file)),
  schema: [],
  metrics: [],
  contents: { 'demand.json': JSON.stringify(rest), 'trees.json': treesToJson(trees) },
  card: readFileSync(new URL('./README.md', import.meta.url), 'utf8'),
})
const { category } = rest.elasticities
process.stdout.write(
  `${JSON.stringify({ out: values.out, version: manifest.version, category })}\n`,
)
