import { systemClock as clock } from '@shop/kit/clock'
import { keysFrom } from '@shop/kit/keys'
import { logFrom } from '@shop/kit/log'
import type { Standing } from '@shop/kit/standing'
import { tryHold } from '@shop/state/hold'
import { optionsFrom } from '../options.ts'
import { openStorage } from '../storage.ts'

export interface Place extends AsyncDisposable {
  readonly standing: Pick<Standing, 'clock' | 'keys' | 'log'>
  /** As each subgraph's configuration reads it. */
  readonly addresses: Readonly<Record<string, string | undefined>>
}

/**
 * The databases that `CATALOG_DATABASE_URL` and its like name, or else this clone's own. If the shop
 * is open it stays so, and what is written shows there.
 */
export async function openPlace(env: NodeJS.ProcessEnv): Promise<Place> {
  const log = logFrom({ LOG_LEVEL: 'warn', ...env })
  if (env.CATALOG_DATABASE_URL) {
    const standing = { clock, keys: keysFrom(''), log }
    return { standing, addresses: env, [Symbol.asyncDispose]: async () => {} }
  }
  const options = optionsFrom([], env)
  const held = await tryHold(options.state)
  const storage = await openStorage(options)
  return {
    standing: { clock, keys: storage.keys, log },
    addresses: storage.addresses,
    [Symbol.asyncDispose]: async () => {
      if (!held) return
      await storage[Symbol.asyncDispose]()
      await held[Symbol.asyncDispose]()
    },
  }
}

/** On stderr, so that stdout is for what was rejected: a bar in a terminal, a line now and then elsewhere. */
export function bar(): { at(share: number, words: string): void; end(): void } {
  const { stderr } = process
  let last = -1
  return {
    at(share, words) {
      const tenth = Math.floor(share * 10)
      const filled = Math.round(share * 24)
      const line = `${'█'.repeat(filled)}${'░'.repeat(24 - filled)} ${Math.floor(share * 100)} % ${words}`
      if (stderr.isTTY) stderr.write(`\r${line}`)
      else if (tenth > last) stderr.write(`${line}\n`)
      last = tenth
    },
    end: () => {
      if (stderr.isTTY) stderr.write('\n')
    },
  }
}

export function fail(message: string): never {
  process.stderr.write(`${message}\n`)
  process.exit(2)
}
