import { matrixOf, pickedRows } from '@shop/kit/learn/matrix'
import { onnxFile } from '@shop/kit/learn/onnx'
import { treeGraph } from '@shop/kit/learn/onnx-trees'
import { answersFrom, sessionOf } from '@shop/kit/learn/session'
import { assessed } from './assess.ts'
import { assessment } from './assessor.ts'
import { learned, scored, withAnomaly } from './learner.ts'
import { madeSignUps } from './made-sign-ups.ts'
import { usualPolicy } from './policy.ts'
import { signUpStory } from './sign-ups.ts'
import { replayed } from './story.ts'

/** Latency of one score, in milliseconds, on made sign-ups: one at a time, after a warm start. */
const events = madeSignUps(6000, 1)
const story = signUpStory()
const rows = replayed(story, events)
const train = events.flatMap(({ training }, row) => (training ? [row] : []))
const targets = train.map((row) => Number(events[row]?.label))
const model = learned({ names: story.names, rows: pickedRows(rows, train), targets }, { seed: 1 })
const assessor = {
  story,
  policy: usualPolicy,
  model: { name: { name: 'fraud-sign-ups', version: 'bench' }, trained: model },
  usualChance: 0.05,
  caseOf: () => ({ facts: {}, amount: 5000 }),
  clock: { now: () => new Date() },
}
const last = events.at(-1)?.event ?? { at: 19_100, address: '', email: '' }
const one = pickedRows(rows, [rows.rows - 1])
const session = await sessionOf(onnxFile(treeGraph(model.trees)))
const whole = withAnomaly(model.forest, one)

const report = {
  capability: 'fraud',
  trees: model.trees.trees.length,
  milliseconds: {
    'score of one row': await timed(() => scored(model, one)),
    'score and reasons': await timed(() => assessed(model, [...one.values])),
    'features, score, rules, answer': await timed(() => assessment(assessor, last)),
    'trees by onnxruntime': await timed(() => answersFrom(session, whole)),
    'a thousand rows at once': await timed(() => scored(model, thousand()), 50),
  },
  residentMegabytes: Math.round(process.memoryUsage.rss() / 2 ** 20),
}
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`)

function thousand() {
  return matrixOf(Array.from({ length: 1000 }, () => one.values))
}

async function timed(run: () => unknown, times = 2000) {
  for (let i = 0; i < times / 4; i += 1) await run()
  const taken: number[] = []
  for (let i = 0; i < times; i += 1) {
    const began = performance.now()
    await run()
    taken.push(performance.now() - began)
  }
  taken.sort((a, b) => a - b)
  const at = (share: number) => Number((taken[Math.floor(share * (times - 1))] ?? 0).toFixed(4))
  return { p50: at(0.5), p95: at(0.95) }
}
