import { rmSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { discard, openCluster } from '@shop/state/cluster'
import { stateFolder } from '@shop/state/folder'
import { configFrom } from '../../subgraphs/accounts/config.ts'
import { accountsWith } from '../../subgraphs/accounts/test/world.ts'
import { report } from './report.ts'

/** Whether the time of an answer tells who has an account: Welch's t by act, of so many samples each. */
const { values } = parseArgs({ options: { samples: { type: 'string', default: '10000' } } })
const samples = Number(values.samples)

/** Beyond this, chance is no explanation: one in a hundred thousand. */
const limit = 4.5

type World = Awaited<ReturnType<typeof accountsWith>>
interface Attempt {
  readonly email: string
  readonly address: string
  readonly number: number
}

const acts: Readonly<Record<string, (shop: World, attempt: Attempt) => Promise<unknown>>> = {
  login: (shop, { email, address }) => shop.login(email, 'a wrong password', { address }),
  register: (shop, { email, address, number }) =>
    shop.register(email, { password: `a password, number ${number}` }, { address }),
  reset: (shop, { email, address }) =>
    shop.ask(
      `mutation ($input: RequestPasswordResetInput!) {
        requestPasswordReset(input: $input) { message }
      }`,
      { address, variables: { input: { email } } },
    ),
}

const folder = path.join(stateFolder(process.env.SHOP_STATE_DIR), `bench-${process.pid}`)
const settings = { password: 'postgres', port: 55_200, durable: true }
const cluster = await openCluster({ ...settings, folder: path.join(folder, 'postgres') })
process.env.SHOP_TEST_CLUSTER = cluster.url('postgres')
try {
  const figures: Record<string, ReturnType<typeof welch>> = {}
  for (const [name, act] of Object.entries(acts)) figures[name] = await compared(act)
  report('timing', { samples, limit, ...figures })
  if (Object.values(figures).some(({ t }) => Math.abs(t) >= limit)) process.exitCode = 1
} finally {
  await cluster[Symbol.asyncDispose]()
  await discard(path.join(folder, 'postgres'))
  rmSync(folder, { recursive: true, force: true })
}

async function compared(act: (shop: World, attempt: Attempt) => Promise<unknown>) {
  const { passwords } = configFrom({ ACCOUNTS_DATABASE_URL: 'postgres://unused' })
  await using shop = await accountsWith(undefined, { passwords })
  const known = Array.from({ length: 100 }, (_, at) => `known${at}@example.com`)
  for (const [at, email] of known.entries()) {
    await shop.register(email, {}, { address: addressOf(at) })
  }
  await shop.database.run('update users set email_verified_at = created_at')
  const times = { known: [] as number[], unknown: [] as number[] }
  for (let number = 0; number < 2 * samples; number += 1) {
    // Two days on, no limit remembers anybody, and no measurement is of a refusal.
    if (number % 200 === 0) shop.wait(2 * 86_400_000)
    // By turns, so that what slows the machine down slows both.
    const kind = number % 2 === 0 ? 'known' : 'unknown'
    const email = known[(number / 2) % known.length] ?? `nobody${number}@example.com`
    const began = performance.now()
    await act(shop, { email, address: addressOf(number), number })
    times[kind].push(performance.now() - began)
  }
  if (shop.faults.length > 0) throw shop.faults[0]
  return welch(times.known, times.unknown)
}

/**
 * Welch's t of the two, without the slowest twentieth, which is the machine's: cropping the
 * measurements of both at one percentile is how dudect does it (Reparaz and others, 2017).
 */
function welch(known: readonly number[], unknown: readonly number[]) {
  const sorted = [...known, ...unknown].toSorted((a, b) => a - b)
  const cut = sorted[Math.floor(sorted.length * 0.95)] ?? 0
  const [a, b] = [momentsOf(known, cut), momentsOf(unknown, cut)]
  const t = (a.mean - b.mean) / Math.sqrt(a.variance + b.variance)
  const rounded = (value: number) => Number(value.toFixed(3))
  return { t: rounded(t), knownMs: rounded(a.mean), unknownMs: rounded(b.mean) }
}

/** Of the mean, not of a single time. */
function momentsOf(times: readonly number[], cut: number) {
  const kept = times.filter((ms) => ms <= cut)
  const mean = kept.reduce((sum, ms) => sum + ms, 0) / kept.length
  const squares = kept.reduce((sum, ms) => sum + (ms - mean) ** 2, 0)
  return { mean, variance: squares / (kept.length - 1) / kept.length }
}

function addressOf(number: number): string {
  return `198.51.${(number >> 8) % 256}.${number % 256}`
}
