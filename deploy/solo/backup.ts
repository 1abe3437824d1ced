import path from 'node:path'
import { keysFrom } from '@shop/kit/keys'
import { backUp } from '@shop/state/backup'
import { openCluster, runningCluster } from '@shop/state/cluster'
import { shopSecret } from '@shop/state/secret'
import { optionsFrom } from './options.ts'

/** `npm run backup -- <file>`: of the shop in the state folder, which may be open and at work. */
const [target] = process.argv.slice(2)
if (!target) {
  process.stderr.write('npm run backup -- <file.tar.gz>\n')
  process.exit(2)
}
const { state, env, isDevelopment } = optionsFrom([], process.env)
const keys = keysFrom(shopSecret(state, env.SHOPGRAPH_SECRET, !isDevelopment))
const settings = {
  folder: path.join(state, 'postgres'),
  password: keys('database:postgres:1').toString('base64url'),
}
const began = performance.now()
await using closing = new AsyncDisposableStack()
const cluster =
  runningCluster(settings.folder, settings.password) ??
  closing.use(await openCluster({ ...settings, port: 5433, durable: true }))
const { bytes, position } = await backUp({ url: cluster.url('postgres'), state, target })
const seconds = ((performance.now() - began) / 1000).toFixed(1)
process.stdout.write(
  `${target}: ${(bytes / 2 ** 20).toFixed(1)} MB after ${seconds} s, as of ${position}.\n` +
    'Keep the secret with it, elsewhere: without it nothing of this can be opened.\n',
)
