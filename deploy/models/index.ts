import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'

/**
 * `build`, `pull`, `train`, `judge` or `bench`, of one capability or of all that have it: each is
 * the file of that name in `subgraphs/<capability>/model/`, run by itself with the arguments left.
 */
const [verb = '', ...rest] = process.argv.slice(2)
const { positionals } = parseArgs({ args: rest, strict: false, allowPositionals: true })
const chosen = rest[0] === positionals[0] ? positionals[0] : undefined

const fileOf = (capability: string) => path.join('subgraphs', capability, 'model', `${verb}.ts`)
const able = readdirSync('subgraphs').filter((capability) => existsSync(fileOf(capability)))
if (chosen && !able.includes(chosen)) {
  process.stderr.write(`Nothing to ${verb} in "${chosen}". There is: ${able.join(', ')}\n`)
  process.exit(2)
}

for (const capability of chosen ? [chosen] : able) {
  const words = [fileOf(capability), ...(chosen ? rest.slice(1) : rest)]
  const { status } = spawnSync(process.execPath, words, { stdio: 'inherit' })
  if (status !== 0) process.exitCode = 1
}
