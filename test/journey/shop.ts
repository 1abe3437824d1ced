import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import type { TestContext } from 'node:test'
import { isRequired } from '@shop/kit/testing'
import { discard } from '@shop/state/cluster'
import { stateFolder } from '@shop/state/folder'
import { openFull } from '../../deploy/solo/full/open.ts'
import type { Options } from '../../deploy/solo/options.ts'
import { demoPeople } from '../../deploy/solo/people.ts'
import { openShop, type Shop } from '../../deploy/solo/shop.ts'
import { portsOf } from '../ports.ts'

export type Topology = 'solo' | 'full'

interface Wanted {
  readonly products?: number
  readonly env?: NodeJS.ProcessEnv
}

/** The day on which the demo shop of every test ends. */
const until = new Date('2026-11-01')

/** Whom one may be in a shop of so many products. */
export const peopleOf = (products: number) => demoPeople({ products, until, isDevelopment: true })

/** A whole shop of its own, empty unless told, on free ports; null where the machine lacks what it needs. */
export async function shopIn(
  topology: Topology,
  t: TestContext,
  { products = 0, env = {} }: Wanted = {},
): Promise<Shop | null> {
  const hasRedis = spawnSync('redis-server', ['--version']).status === 0
  if (topology === 'full' && !hasRedis) {
    if (isRequired('redis')) throw new Error('SHOP_REQUIRE names redis, and there is none.')
    t.diagnostic('left out: full needs redis-server on the PATH')
    return null
  }
  const state = path.join(
    stateFolder(process.env.SHOP_STATE_DIR),
    `journey-${process.pid}-${topology}`,
  )
  mkdirSync(state, { recursive: true })
  const { PATH, HOME } = process.env
  const options: Options = {
    topology,
    state,
    // Its own, as others open shops at the same moment.
    env: { PATH, HOME, LOG_LEVEL: 'error', ...(await portsOf(topology)), ...env },
    isDevelopment: true,
    products,
    until,
    isLive: false,
    // A load of many shoppers comes from one machine, and says who each of them is.
    proxies: ['127.0.0.1'],
  }
  const shop = await (topology === 'full' ? openFull(options) : openShop(options))
  return {
    ...shop,
    async [Symbol.asyncDispose]() {
      await shop[Symbol.asyncDispose]()
      await discard(path.join(state, 'postgres'))
      rmSync(state, { recursive: true, force: true })
    },
  }
}

export interface Answered {
  // biome-ignore lint/suspicious/noExplicitAny: JSON, as it came.
  readonly data: any
  readonly codes: readonly string[]
  readonly cookies: readonly string[]
}

/** A client of the one endpoint, with a token or without. */
export const clientOf =
  (url: string) =>
  async (query: string, input: object | null = null, token?: string): Promise<Answered> => {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ query, ...(input && { variables: { input } }) }),
    })
    const { data, errors = [] } = (await response.json()) as {
      data?: unknown
      errors?: { extensions: { code: string } }[]
    }
    return {
      data,
      codes: errors.map(({ extensions }) => extensions.code),
      cookies: response.headers.getSetCookie(),
    }
  }
