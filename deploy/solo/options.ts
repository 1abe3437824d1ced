import { parseArgs } from 'node:util'
import { proxiesIn } from '@shop/gateway/shop/config'
import { stateFolder } from '@shop/state/folder'

export interface Options {
  readonly state: string
  readonly env: NodeJS.ProcessEnv
  readonly isDevelopment: boolean
  /** How many products the demo shop has; none for an empty shop. */
  readonly products: number
  /** One process, or one for each part. */
  readonly topology: 'solo' | 'full'
  /** The day on which the demo shop ends. */
  readonly until: Date
  /** Whether orders go on coming in by themselves. */
  readonly isLive: boolean
  /** What stands in front, and is believed when it says who asks. */
  readonly proxies: string[]
}

export const usualProducts = 1200

const usage = `npm start -- [--topology full] [--demo none] [--scale 100k] [--until 2026-11-01] [--live]`

/** Throws what is wrong with the command line, and how it is written. */
export function optionsFrom(words: readonly string[], env: NodeJS.ProcessEnv): Options {
  const values = valuesIn(words)
  const until = new Date(values.until ?? new Date().toISOString().slice(0, 10))
  if (Number.isNaN(until.getTime())) throw new Error(`--until is a day. ${usage}`)
  if (values.demo !== 'shop' && values.demo !== 'none') {
    throw new Error(`--demo is shop or none. ${usage}`)
  }
  if (values.topology !== 'solo' && values.topology !== 'full') {
    throw new Error(`--topology is solo or full. ${usage}`)
  }
  return {
    topology: values.topology,
    state: stateFolder(env.SHOP_STATE_DIR),
    env,
    isDevelopment: (env.ENVIRONMENT ?? 'development') === 'development',
    products: values.demo === 'none' ? 0 : countIn(values.scale),
    until,
    isLive: values.live,
    proxies: proxiesIn(env.TRUSTED_PROXIES),
  }
}

function valuesIn(words: readonly string[]) {
  const options = {
    demo: { type: 'string', default: 'shop' },
    scale: { type: 'string', default: String(usualProducts) },
    until: { type: 'string' },
    live: { type: 'boolean', default: false },
    topology: { type: 'string', default: 'solo' },
  } as const
  try {
    return parseArgs({ args: [...words], options }).values
  } catch (fault) {
    const [said = ''] = String((fault as Error).message).split('. ')
    throw new Error(`${said}. ${usage}`)
  }
}

function countIn(text: string): number {
  const [, digits, unit = ''] = /^(\d+)([kM]?)$/.exec(text) ?? []
  if (!digits) throw new Error(`--scale is a number, as in 1200, 100k or 1M. ${usage}`)
  return Number(digits) * { '': 1, k: 1_000, M: 1_000_000 }[unit as '' | 'k' | 'M']
}
