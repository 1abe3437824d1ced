import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { runTests } from './tests.ts'

/** All that CI runs, in its order; the first that fails ends it. */
const steps: readonly (readonly [name: string, ...words: string[]])[] = [
  ['format and lint', 'biome', 'ci', '--colors=off', '--error-on-warnings', '.'],
  ['generated types', 'node', 'deploy/check/codegen.ts'],
  ['composed schema', 'node', 'gateway/compose.ts', '--check'],
  ['types', 'tsc', '-p', '.'],
  ['types of the playground', 'tsc', '-p', 'gateway/playground/page'],
  ['types of the storefront', 'tsc', '-p', 'test/storefront/page'],
  ['import rules', 'depcruise', '--config', '.dependency-cruiser.mjs', '.'],
  ['unused code', 'knip', '--config', '.knip.json'],
]

for (const [name, command = '', ...words] of steps) await step(name, command, words)
process.exitCode = await runTests([])

async function step(name: string, command: string, words: readonly string[]): Promise<void> {
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
