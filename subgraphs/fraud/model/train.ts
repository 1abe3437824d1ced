import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { dataSetsIn } from '@shop/kit/learn/data'
import { sha256, writeModel } from '@shop/kit/learn/model-folder'
import { treesToJson } from '@shop/kit/learn/tree-file'
import { learned } from './learner.ts'
import { contentsOf, schemaOf } from './model-file.ts'
import { habitFrom, orderTrial, signUpTrial } from './trials.ts'

/** Trains on `SHOP_DATA_DIR` and writes `sign-ups` and `orders` into `--out`, each a model folder. */
const { values } = parseArgs({
  strict: false,
  options: { out: { type: 'string', default: '.data/models/fraud' }, seed: { type: 'string' } },
})
// biome-ignore lint/style/noProcessEnv: a program that is run, as an index.ts is.
const folder = process.env.SHOP_DATA_DIR
if (!folder) {
  process.stderr.write('Set SHOP_DATA_DIR to the folder of the data sets.\n')
  process.exit(2)
}
const seed = Number(values.seed ?? 1)
const out = String(values.out)
const data = dataSetsIn({ folder })
const commit = execFileSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' }).trim()
const card = readFileSync(new URL('README.md', import.meta.url), 'utf8')
mkdirSync(out, { recursive: true })

const sets = {
  'sign-ups': { trial: signUpTrial(data, seed), files: ['registrations_train.csv'], more: {} },
  orders: {
    trial: orderTrial(data, seed),
    files: ['transactions_train.csv', 'transactions_unlabelled.csv'],
    more: { 'habit.json': habitFile() },
  },
}
for (const [name, { trial, files, more }] of Object.entries(sets)) {
  const model = learned(trial.lesson, trial.learning)
  const manifest = writeModel(path.join(out, name), {
    name: `fraud-${name}`,
    seed,
    commit,
    dataHash: sha256(files.map((file) => readFileSync(set(file), 'utf8')).join('')),
    schema: schemaOf(model),
    metrics: [],
    contents: { ...contentsOf(model), ...more },
    card,
  })
  process.stdout.write(`${JSON.stringify({ name: manifest.name, version: manifest.version })}\n`)
}

function set(file: string): string {
  return data.file(`fraud-aws-samples/${file}`)
}

function habitFile(): string {
  const { schema, trees } = habitFrom(data, seed)
  return `${JSON.stringify({ schema, trees: treesToJson(trees) })}\n`
}
