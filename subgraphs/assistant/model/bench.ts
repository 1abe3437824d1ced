import { dataSetsIn } from '@shop/kit/learn/data'
import { encoderFolder, openEncoder } from './encoder.ts'
import { answerTimes, shareOf, shopAssistant } from './latency.ts'
import { bitextIn } from './sets.ts'
import { stateFolder } from './state.ts'

/** Latency of one answer without a language model, and memory, as JSON. */
// biome-ignore lint/style/noProcessEnv: a program that is run, as an index.ts is.
const folder = process.env.SHOP_DATA_DIR
if (!folder) {
  process.stderr.write('Set SHOP_DATA_DIR to the folder of the data sets.\n')
  process.exit(2)
}
const data = dataSetsIn({ folder })
const encoder = await openEncoder(encoderFolder(stateFolder()))
const assistant = await shopAssistant(data, { encoder, live: encoder, seed: 1 })

const began = process.cpuUsage()
const questions = await answerTimes(assistant, assistant.questions)
const { user, system } = process.cpuUsage(began)
const requests = await answerTimes(
  assistant,
  bitextIn(data)
    .scored.slice(0, 200)
    .map(({ text }) => text),
)
const report = {
  capability: 'assistant',
  encoder: encoder?.name ?? 'none',
  evidence: assistant.knowledge.evidence.length,
  milliseconds: {
    'a question of a product, answered or handed over': timesOf(questions),
    'a request, proposed or handed over': timesOf(requests),
  },
  cpuMillisecondsAQuestion: Number(
    ((user + system) / 1000 / assistant.questions.length).toFixed(2),
  ),
  residentMegabytes: Math.round(process.memoryUsage.rss() / 2 ** 20),
}
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`)

function timesOf(sorted: readonly number[]) {
  return {
    p50: Number(shareOf(sorted, 0.5).toFixed(2)),
    p95: Number(shareOf(sorted, 0.95).toFixed(2)),
  }
}
