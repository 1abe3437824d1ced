import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { dataSetsIn } from '@shop/kit/learn/data'
import { sha256, writeModel } from '@shop/kit/learn/model-folder'
import { onlineRetail } from './judge/online-retail.ts'
import { learned, shopSettings } from './learned.ts'
import { contentsOf } from './saved.ts'

/**
 * Trains on online-retail of `SHOP_DATA_DIR` and writes a model folder into `--out`. The films are
 * for the judge alone: their licence lets nothing that was trained on them be passed on.
 */
const { values } = parseArgs({
  strict: false,
  options: { out: { type: 'string', default: '.data/models/recommendations' } },
})
// biome-ignore lint/style/noProcessEnv: a program that is run, as an index.ts is.
const folder = process.env.SHOP_DATA_DIR
if (!folder) {
  process.stderr.write('Set SHOP_DATA_DIR to the folder of the data sets.\n')
  process.exit(2)
}
const data = dataSetsIn({ folder })
const { train, catalogue } = onlineRetail(data)
const model = await learned({ interactions: train, catalogue })
const out = String(values.out)
mkdirSync(path.dirname(out), { recursive: true })
const manifest = writeModel(out, {
  name: 'recommendations',
  seed: shopSettings.als.seed,
  commit: execFileSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' }).trim(),
  dataHash: sha256(readFileSync(data.train('online-retail/transactions'))),
  schema: [],
  metrics: [],
  contents: contentsOf(model, catalogue),
  card: readFileSync(new URL('README.md', import.meta.url), 'utf8'),
})
process.stdout.write(`${JSON.stringify({ name: manifest.name, version: manifest.version })}\n`)
