import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { dataSetsIn } from '@shop/kit/learn/data'
import { type NewModel, sha256, writeModel } from '@shop/kit/learn/model-folder'
import { encoderFolder, openEncoder } from './encoder.ts'
import { evidenceFeatures } from './evidence-features.ts'
import { learnedRanker } from './evidence-ranker.ts'
import { learnedIntents } from './intents.ts'
import { intentContents, rankerContents } from './model-file.ts'
import { questionsIn } from './sets.ts'
import { stateFolder } from './state.ts'
import { encoded, judgedRows, shopUtterances, weightsFor } from './trials.ts'

/** Trains on `SHOP_DATA_DIR` and writes `intents` and `evidence` into `--out`, each a model folder. */
const { values } = parseArgs({
  strict: false,
  options: { out: { type: 'string' }, seed: { type: 'string' } },
})
// biome-ignore lint/style/noProcessEnv: a program that is run, as an index.ts is.
const folder = process.env.SHOP_DATA_DIR
if (!folder) {
  process.stderr.write('Set SHOP_DATA_DIR to the folder of the data sets.\n')
  process.exit(2)
}
const seed = Number(values.seed ?? 1)
const out = String(values.out ?? path.join(stateFolder(), 'models/assistant'))
const data = dataSetsIn({ folder })
const encoder = await openEncoder(encoderFolder(stateFolder()))
mkdirSync(out, { recursive: true })

const utterances = shopUtterances(data)
write(
  'intents',
  utterances,
  intentContents(learnedIntents(await encoded(encoder, utterances), { seed })),
)

const questions = questionsIn(data).train
const weights = weightsFor(questions)
const rows = await judgedRows(questions, { weights, encoder })
write('evidence', questions, rankerContents(learnedRanker(rows, seed), weights))

function write(name: string, rowsOf: readonly unknown[], contents: NewModel['contents']): void {
  const manifest = writeModel(path.join(out, name), {
    name: `assistant-${name}`,
    seed,
    commit: execFileSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' }).trim(),
    dataHash: sha256(JSON.stringify(rowsOf)),
    schema:
      name === 'intents' ? [] : evidenceFeatures.map((each) => ({ name: each, kind: 'number' })),
    metrics: [],
    contents,
    card: readFileSync(new URL('README.md', import.meta.url), 'utf8'),
  })
  process.stdout.write(`${JSON.stringify({ name: manifest.name, version: manifest.version })}\n`)
}
