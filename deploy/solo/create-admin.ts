import path from 'node:path'
import { parseArgs } from 'node:util'
import { configFrom as accountsConfig } from '@shop/accounts/config'
import { openBackDoor } from '@shop/accounts/people'
import { type RoleName, roleNames } from '@shop/accounts/roles'
import { systemClock as clock } from '@shop/kit/clock'
import { keysFrom } from '@shop/kit/keys'
import { logFrom } from '@shop/kit/log'
import { runningCluster } from '@shop/state/cluster'
import { rolesOf } from '@shop/state/databases'
import { shopSecret } from '@shop/state/secret'
import { type Options, optionsFrom } from './options.ts'
import { openStorage } from './storage.ts'

const usage = 'npm run create-admin -- <e-mail> [--role SUPPORT ...]'

/** Makes a staff account, or gives the one that is there a new password; it is shown here alone. */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { role: { type: 'string', multiple: true, default: ['ADMIN'] } },
})
const [email = ''] = positionals
if (!email) fail(`An e-mail address is needed. ${usage}`)
const roles = values.role.map(roleNamed)

const options = optionsFrom([], process.env)
const keys = keysFrom(
  shopSecret(options.state, process.env.SHOPGRAPH_SECRET, !options.isDevelopment),
)
await using storage = await accountsDatabase(options)
await using door = await openBackDoor(accountsConfig({ ACCOUNTS_DATABASE_URL: storage.url }), {
  clock,
  keys,
  log: logFrom(process.env),
})
const account = await door.staffAccount(email, roles)
process.stdout.write(
  `${account.email} is ${account.isNew ? 'made' : 'reset'}, as ${roles.join(', ')}.\n` +
    `Password, shown this once: ${account.password}\n`,
)

/** The address that was set by hand, or of the running shop, or of one that is opened for this alone. */
async function accountsDatabase({ state, env, isDevelopment }: Options) {
  const close = { [Symbol.asyncDispose]: async () => {} }
  if (env.ACCOUNTS_DATABASE_URL) return { url: env.ACCOUNTS_DATABASE_URL, ...close }
  const password = keys('database:postgres:1').toString('base64url')
  const running = runningCluster(path.join(state, 'postgres'), password)
  if (running) {
    return { url: rolesOf('accounts', new URL(running.url('postgres')), keys).runtime, ...close }
  }
  const opened = await openStorage({ ...options, isDevelopment })
  return {
    url: opened.addresses.ACCOUNTS_DATABASE_URL ?? '',
    [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
  }
}

function roleNamed(text: string): RoleName {
  const role = roleNames.find((name) => name === text.toUpperCase())
  return role ?? fail(`There is no role "${text}". There are: ${roleNames.join(' ')}`)
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`)
  process.exit(2)
}
