import { appendFileSync } from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { run } from 'node:test'
import { spec, type TestEvent } from 'node:test/reporters'
import { toldIn } from './tally.ts'

/** Runs test files in this process: `batch.ts <where to tell what became of them> <files>`. */
const [told = '', ...files] = process.argv.slice(2)
// By words of the command line whatever a test starts would be given them too.
const events = run({
  files: files.map((file) => path.resolve(file)),
  isolation: 'none',
  timeout: 300_000,
})
await pipeline(events, telling, new spec(), process.stdout, { end: false })

/** Each event goes on to whoever shows it. */
async function* telling(source: AsyncIterable<TestEvent>): AsyncGenerator<TestEvent> {
  for await (const event of source) {
    const line = toldIn(event)
    if (line) appendFileSync(told, `${JSON.stringify(line)}\n`)
    if (line?.kind === 'failed') process.exitCode = 1
    yield event
  }
}
