import { existsSync } from 'node:fs'
import { keysFrom } from '@shop/kit/keys'
import { hold } from '@shop/state/hold'
import { restore } from '@shop/state/restore'
import { shopSecret } from '@shop/state/secret'
import { optionsFrom } from './options.ts'

/** `npm run restore -- <file>`: into an empty state folder; `npm start` then opens what was backed up. */
const [file] = process.argv.slice(2)
if (!file || !existsSync(file)) {
  process.stderr.write('npm run restore -- <file.tar.gz>\n')
  process.exit(2)
}
const { state, env, isDevelopment } = optionsFrom([], process.env)
await using _ = await hold(state)
const keys = keysFrom(shopSecret(state, env.SHOPGRAPH_SECRET, !isDevelopment))
const began = performance.now()
try {
  await restore({ file, state, password: keys('database:postgres:1').toString('base64url') })
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  process.stdout.write(`Restored into ${state} after ${seconds} s. npm start opens it.\n`)
} catch (fault) {
  process.stderr.write(`${(fault as Error).message}\n`)
  process.exitCode = 1
}
