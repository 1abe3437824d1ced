import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { dataSetsIn } from '@shop/kit/learn/data'
import { sha256, writeModel } from '@shop/kit/learn/model-folder'
import { demandOf } from './demand.ts'
import { forecasterToJson } from './forecaster.ts'
import { trainedForecaster } from './weekly-training.ts'

/**
 * `npm run models:train -- forecasting --out <folder>`: the weekly model of online-retail, as
 * parameters. The same rows and seed give the same bytes.
 */
const { values } = parseArgs({
  options: {
    out: { type: 'string', default: '.data/models/forecasting' },
    seed: { type: 'string', default: '1' },
    commit: { type: 'string', default: 'unknown' },
  },
})
// biome-ignore lint/style/noProcessEnv: a command that is run, and never imported.
const folder = process.env.SHOP_DATA_DIR ?? ''
const file = dataSetsIn({ folder }).train('online-retail/transactions')
const skus = demandOf([file], '2010-12-01').slice(0, 200)
const seed = Number(values.seed)
const model = trainedForecaster(skus, { today: 304, horizon: 4, version: '1', seed })
const manifest = writeModel(values.out, {
  name: 'weekly-demand',
  seed,
  commit: values.commit,
  dataHash: sha256(readFileSync(file)),
  schema: [],
  metrics: [],
  contents: { 'forecaster.json': forecasterToJson(model) },
  card: readFileSync(new URL('./README.md', import.meta.url), 'utf8'),
})
process.stdout.write(
  `${JSON.stringify({ out: values.out, version: manifest.version, members: model.members, band: model.band })}\n`,
)
