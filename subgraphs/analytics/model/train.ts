import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { dataSetsIn } from '@shop/kit/learn/data'
import { type NewModel, sha256, writeModel } from '@shop/kit/learn/model-folder'
import { treesToJson } from '@shop/kit/learn/tree-file'
import { learnedConversion } from './conversion.ts'
import { salesOf } from './judge/online-retail.ts'
import { visitsOf } from './judge/visits.ts'
import { learnedCustomers } from './lifetime-value.ts'

/** Trains on `SHOP_DATA_DIR` and writes `conversion` and `customers` into `--out`. */
const { values } = parseArgs({
  strict: false,
  options: { out: { type: 'string', default: '.data/models/analytics' }, seed: { type: 'string' } },
})
// biome-ignore lint/style/noProcessEnv: a program that is run, as an index.ts is.
const folder = process.env.SHOP_DATA_DIR
if (!folder) {
  process.stderr.write('Set SHOP_DATA_DIR to the folder of the data sets.\n')
  process.exit(2)
}
const seed = Number(values.seed ?? 1)
const data = dataSetsIn({ folder })
const commit = execFileSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' }).trim()
const card = readFileSync(new URL('README.md', import.meta.url), 'utf8')
const out = String(values.out)
mkdirSync(out, { recursive: true })

const sessions = data.train('online-shoppers-intention/sessions')
const conversion = learnedConversion(visitsOf([sessions]), seed)
written('conversion', sessions, {
  schema: conversion.schema,
  contents: Object.fromEntries(
    conversion.members.map((member, at) => [`trees-${at}.json`, treesToJson(member)]),
  ),
})

const { before, nowMs } = salesOf(data)
written('customers', data.train('online-retail/transactions'), {
  schema: [],
  contents: { 'customers.json': `${JSON.stringify(learnedCustomers(before, nowMs))}\n` },
})

function written(name: string, file: string, model: Pick<NewModel, 'schema' | 'contents'>): void {
  const manifest = writeModel(path.join(out, name), {
    name: `analytics-${name}`,
    seed,
    commit,
    dataHash: sha256(readFileSync(file)),
    metrics: [],
    card,
    ...model,
  })
  process.stdout.write(`${JSON.stringify({ name: manifest.name, version: manifest.version })}\n`)
}
