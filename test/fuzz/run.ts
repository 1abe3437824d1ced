import { parseArgs } from 'node:util'
import { fuzz } from './fuzz.ts'

/** `npm run fuzz -- [--documents 1000000] [--seed <n>] [--plan-one-in 50]`: fails where something of ours did. */
const { values } = parseArgs({
  options: {
    documents: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    'plan-one-in': { type: 'string', default: '50' },
  },
})
process.stdout.write(`seed ${values.seed}\n`)
const began = performance.now()
const result = await fuzz({
  seed: Number(values.seed),
  documents: Number(values.documents),
  planOneIn: Number(values['plan-one-in']),
  onThousand(done) {
    if (done % 50_000 === 0) process.stdout.write(`${done} documents\n`)
  },
})
const seconds = Math.round((performance.now() - began) / 1000)
process.stdout.write(`${JSON.stringify({ ...result, seconds }, null, 2)}\n`)
process.exit(result.faults.length > 0 ? 1 : 0)
