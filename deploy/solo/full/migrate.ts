import { systemClock as clock } from '@shop/kit/clock'
import { keysFrom } from '@shop/kit/keys'
import { logFrom } from '@shop/kit/log'
import { shopSecret } from '@shop/state/secret'
import { tellFirstAdmin } from '../admin.ts'
import { fillDemo } from '../demo.ts'
import { optionsFrom } from '../options.ts'
import { addressesAt, prepare } from '../storage.ts'

/**
 * Before a deployment: databases, roles and tables as this code wants them, on the server at
 * `POSTGRES_URL`, as its superuser, and the first administrator, told once. With `--demo shop` also what `npm start`
 * opens on.
 */
const { POSTGRES_URL: url } = process.env
if (!url) throw new Error('Set POSTGRES_URL to the server, as its superuser.')
const options = optionsFrom(['--demo', 'none', ...process.argv.slice(2)], process.env)
const { state, env, isDevelopment } = options
const keys = keysFrom(shopSecret(state, env.SHOPGRAPH_SECRET, !isDevelopment))

const standing = { clock, keys, log: logFrom(env) }
const at = new URL(url)
const addresses = addressesAt(at, keys)

await prepare(at, keys)
// The provider there is another's, who knows nothing of orders that were made up.
await fillDemo({ ...options, addresses, stripePast: null }, standing)
await tellFirstAdmin(addresses, standing)
