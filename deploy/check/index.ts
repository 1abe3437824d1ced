import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { runTests } from './tests.ts'

type Step = readonly [name: string, ...words: string[]]

/** What the others read is made first. */
const made: readonly Step[] = [
  ['format and lint', 'biome', 'ci', '--colors=off', '--error-on-warnings', '.'],
  ['generated types', 'node', 'deploy/check/codegen.ts'],
]
const checked: readonly Step[] = [
  ['types', 'tsc', '-p', '.'],
  ['composed schema', 'node', 'gateway/compose.ts', '--check'],
  ['import rules', 'depcruise', '--config', '.dependency-cruiser.mjs', '.'],
  ['types of the playground', 'tsc', '-p', 'gateway/playground/page'],
  ['types of the storefront', 'tsc', '-p', 'test/storefront/page'],
  ['unused code', 'knip', '--config', '.knip.json'],
]

/** All that CI runs: the first that fails ends it. */
for (const steps of [made, checked]) {
  const left = steps.values()
  await Promise.all([inTurn(left), inTurn(left)])
}
process.exitCode = await runTests([])

async function inTurn(steps: Iterable<Step>): Promise<void> {
  for (const each of steps) await step(each)
}

async function step([name, command = '', ...words]: Step): Promise<void> {
  const began = performance.now()
  const child = spawn(command, words, { stdio: ['ignore', 'pipe', 'pipe'] })
  const output = Promise.all([text(child.stdout), text(child.stderr)])
  const [code] = await once(child, 'close')
  const took = `${((performance.now() - began) / 1000).toFixed(1)} s`
  process.stdout.write(`${code === 0 ? 'ok    ' : 'FAILED'} ${name}, ${took}\n`)
  if (code === 0) return
  process.stdout.write((await output).join('\n'))
  process.exit(1)
}
