import { rmSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { discard, openCluster } from '@shop/state/cluster'
import { stateFolder } from '@shop/state/folder'
import { type Config, configFrom } from '../../subgraphs/accounts/config.ts'
import { accountsWith } from '../../subgraphs/accounts/test/world.ts'
import { report } from './report.ts'

/**
 * Whether the time of an answer tells who has an account: Welch's t by act. Once with a hash that takes
 * no time, so that the smallest difference beside it shows; and once with the shop's own, which takes
 * nearly all of an answer's time and hides whatever is smaller than a part of itself, so that more of
 * these would take hours and see less.
 */
const { values } = parseArgs({
  options: {
    samples: { type: 'string', default: '10000' },
    hashed: { type: 'string', default: '1000' },
  },
})

/** Beyond this, chance is no explanation: one in a hundred thousand. */
const limit = 4.5

type World = Awaited<ReturnType<typeof accountsWith>>
interface Attempt {
  readonly email: string
  readonly address: string
  readonly number: number
}

type Act = (shop: World, attempt: Attempt) => Promise<unknown>

const acts = {
  login: (shop: World, { email, address }: Attempt) =>
    shop.login(email, 'a wrong password', { address }),
  register: (shop: World, { email, address, number }: Attempt) =>
    shop.register(email, { password: `a password, number ${number}` }, { address }),
  reset: (shop: World, { email, address }: Attempt) =>
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
  const [samples, hashed] = [Number(values.samples), Number(values.hashed)]
  const { passwords } = configFrom({ ACCOUNTS_DATABASE_URL: 'postgres://unused' })
  const figures = {
    login: await compared(acts.login, samples),
    register: await compared(acts.register, samples),
    reset: await compared(acts.reset, samples),
    hashedLogin: await compared(acts.login, hashed, { passwords }),
    hashedRegister: await compared(acts.register, hashed, { passwords }),
  }
  report('timing', { samples, hashed, limit, ...figures })
  if (Object.values(figures).some(({ t }) => Math.abs(t) >= limit)) process.exitCode = 1
} finally {
  await cluster[Symbol.asyncDispose]()
  await discard(path.join(folder, 'postgres'))
  rmSync(folder, { recursive: true, force: true })
}

async function compared(act: Act, samples: number, settings: Partial<Config> = {}) {
  await using shop = await accountsWith(undefined, settings)
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
  const spread = Math.sqrt(a.variance + b.variance)
  const t = (a.mean - b.mean) / spread
  const rounded = (value: number) => Number(value.toFixed(3))
  // The smallest difference that so many samples show.
  const seenMs = rounded(limit * spread)
  return { t: rounded(t), knownMs: rounded(a.mean), unknownMs: rounded(b.mean), seenMs }
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
