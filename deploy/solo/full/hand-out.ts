import { parseArgs } from 'node:util'
import { keysFrom } from '@shop/kit/keys'
import { stateFolder } from '@shop/state/folder'
import { shopSecret } from '@shop/state/secret'
import { addressesAt } from '../storage.ts'
import { openings } from '../subgraphs.ts'
import { keysOf } from './keys.ts'

/**
 * Writes what `.env` of docker-compose.yml has of secrets: all of it derived from the one secret,
 * for each process its own. `--postgres` is where the database is, seen from the processes.
 */
const { values } = parseArgs({
  options: { postgres: { type: 'string', default: 'postgres:5432' } },
})
const { SHOP_STATE_DIR, SHOPGRAPH_SECRET, POSTGRES_PASSWORD } = process.env
const secret = shopSecret(stateFolder(SHOP_STATE_DIR), SHOPGRAPH_SECRET, false)
const keys = keysFrom(secret)
const password = POSTGRES_PASSWORD ?? keys('database:postgres:1').toString('base64url')
const names = openings.map(({ name }) => name)

const lines = {
  SHOPGRAPH_SECRET: secret,
  POSTGRES_PASSWORD: password,
  ...addressesAt(new URL(`postgres://${values.postgres}`), keys),
  ...Object.fromEntries(
    ['gateway', 'files', ...names].map((name) => [
      `${name.toUpperCase()}_KEYS`,
      keysOf(name, names, keys),
    ]),
  ),
}
for (const [name, value] of Object.entries(lines)) process.stdout.write(`${name}='${value}'\n`)
