import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { dataSetsIn } from '@shop/kit/learn/data'
import { sha256, writeModel } from '@shop/kit/learn/model-folder'
import { treesToJson } from '@shop/kit/learn/tree-file'
import { openEncoder } from './encoders.ts'
import { SearchEngine } from './engine.ts'
import { featureNames } from './features.ts'
import { trainJudgments } from './icecat.ts'
import { icecatShop } from './icecat-shop.ts'
import { examplesOf, trainedRanker } from './train-ranker.ts'
import { weightsFolder } from './weights-folder.ts'

/**
 * Trains the ranker on the train judgments of Icecat, into the state folder: the licence of the
 * catalogue (OPL) stays with what is made of it, so it is never committed.
 */
const { values } = parseArgs({ options: { seed: { type: 'string', default: '1' } } })
const seed = Number(values.seed)
// biome-ignore lint/style/noProcessEnv: a command has no config.ts before it.
const folder = process.env.SHOP_DATA_DIR
if (!folder) {
  process.stderr.write('Set SHOP_DATA_DIR to the folder of the data sets.\n')
  process.exit(2)
}

const data = dataSetsIn({ folder })
await using encoder = await openEncoder()
const engine = new SearchEngine(await icecatShop(data, { seed, encoder }))
const model = trainedRanker(await examplesOf(engine, trainJudgments(data)), seed)
const { version } = writeModel(weightsFolder('ranker'), {
  name: 'ranker',
  seed,
  commit: spawnSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' }).stdout.trim(),
  dataHash: sha256(
    ['icecat-chorus/judgments_train', 'icecat-chorus/products']
      .map((name) => sha256(readFileSync(data.file(name))))
      .join(),
  ),
  schema: featureNames.map((name) => ({ kind: 'number' as const, name })),
  metrics: [],
  contents: { 'trees.json': treesToJson(model) },
  card: readFileSync(new URL('README.md', import.meta.url), 'utf8'),
})
process.stdout.write(`search: ranker ${version} is in ${weightsFolder('ranker')}\n`)
