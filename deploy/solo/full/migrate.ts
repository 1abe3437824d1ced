import { systemClock as clock } from '@shop/kit/clock'
import { keysFrom } from '@shop/kit/keys'
import { logFrom } from '@shop/kit/log'
import { shopSecret } from '@shop/state/secret'
import { fillDemo } from '../demo.ts'
import { optionsFrom } from '../options.ts'
import { addressesAt, prepare } from '../storage.ts'

/**
 * Before a deployment: databases, roles and tables as this code wants them, on the server at
 * `POSTGRES_URL`, as its superuser. With `--demo shop` also what `npm start` opens on.
 */
const { POSTGRES_URL: url } = process.env
if (!url) throw new Error('Set POSTGRES_URL to the server, as its superuser.')
const options = optionsFrom(['--demo', 'none', ...process.argv.slice(2)], process.env)
const { state, env, isDevelopment } = options
const keys = keysFrom(shopSecret(state, env.SHOPGRAPH_SECRET, !isDevelopment))

await prepare(new URL(url), keys)
await fillDemo(
  { ...options, addresses: addressesAt(new URL(url), keys) },
  { clock, keys, log: logFrom(env) },
)
