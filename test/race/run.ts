import { parseArgs } from 'node:util'
import { demoPassword } from '../../deploy/solo/demo.ts'
import { check } from '../checker/check.ts'
import { evidenceOf } from '../crash/evidence.ts'
import { openProvider } from '../crash/provider.ts'
import { settled } from '../crash/settle.ts'
import { openVictims, placeFor, type Topology } from '../crash/shop.ts'
import { recorderAt } from '../faults/recorder.ts'
import { Client } from '../journey/sale.ts'
import { lastUnit } from './last-unit.ts'

/** `npm run race -- last-unit --buyers 1000 --units 100 --rounds 20 --topology solo` */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    buyers: { type: 'string', default: '1000' },
    units: { type: 'string', default: '100' },
    rounds: { type: 'string', default: '20' },
    topology: { type: 'string', default: 'solo' },
  },
})
const told = (line: string) => void process.stdout.write(`${line}\n`)
if (positionals[0] !== 'last-unit') throw new Error('npm run race -- last-unit')
const [buyers, units] = [Number(values.buyers), Number(values.units)]

const since = new Date()
const place = await placeFor(values.topology as Topology, `race-${process.pid}`)
await using provider = await openProvider(place.ports.GATEWAY_PORT ?? '')
await using shop = await openVictims(place, { products: 60, env: provider.env })
await shop.untilReady()
const keeper = await signedIn()
const variants = await variantsOf()
for (let round = 0; round < Number(values.rounds); round++) {
  const variantId = variants[round % variants.length] ?? ''
  const run = await lastUnit({ url: shop.url, keeper, variantId, buyers, units })
  told(`round ${round + 1}: ${JSON.stringify(run)}`)
  if (run.paid !== units || run.available !== 0) process.exitCode = 1
}
await settled(shop)
const recorder = recorderAt(shop.url)
const findings = await check(await evidenceOf(shop, { recorder, since, provider }))
told(JSON.stringify({ findings }))
if (Object.keys(findings).length > 0) process.exitCode = 1
if (process.exitCode) shop.keep()

async function signedIn(): Promise<Client> {
  const [row] = await shop.query(
    'ecommerce',
    `select email from accounts.users join accounts.user_roles on user_id = users.id where role = 'CATALOG' limit 1`,
  )
  const client = new Client(shop.url)
  const entered = await client.act(
    'login',
    { email: String(row?.email), password: demoPassword },
    'accessToken',
  )
  client.token = entered.accessToken
  return client
}

async function variantsOf(): Promise<string[]> {
  const { data } = await keeper.ask('{ products(first: 50) { nodes { variants { id } } } }')
  return data.products.nodes.flatMap((node: { variants: { id: string }[] }) =>
    node.variants.slice(0, 1).map(({ id }) => id),
  )
}
