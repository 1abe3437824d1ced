import path from 'node:path'
import { parseArgs } from 'node:util'
import { stateFolder } from '@shop/state/folder'
import { openVictims, placeFor, type Victims } from '../crash/shop.ts'
import type { Client } from '../journey/sale.ts'
import { writePage } from './page.ts'
import { report, type Times, timesOf } from './report.ts'

interface Question {
  readonly query: string
  readonly variables: object
  readonly client: Client
}

interface Reading {
  readonly name: string
  /** By what is asked, a question for each turn. */
  questions(shop: Victims): Promise<Readonly<Record<string, (turn: number) => Question>>>
}

const options = {
  products: { type: 'string', default: '1200' },
  rate: { type: 'string', default: '20' },
  seconds: { type: 'string', default: '10' },
} as const

/** How long lists take through the gateway, in a shop of its own of so many products. */
export async function benchReading({ name, questions }: Reading): Promise<void> {
  const { values } = parseArgs({ options })
  const [products, perSecond, seconds] = [values.products, values.rate, values.seconds].map(Number)
  const place = await placeFor('solo', `bench-${process.pid}`)
  await using shop = await openVictims(place, { products: products ?? 0 })
  await shop.untilReady(3_600_000)
  const times: Record<string, Times> = {}
  for (const [what, question] of Object.entries(await questions(shop))) {
    const ask = (turn: number) => answered(what, question(turn))
    await openLoop({ perSecond: perSecond ?? 20, seconds: 2 }, ask)
    times[what] = await openLoop({ perSecond: perSecond ?? 20, seconds: seconds ?? 10 }, ask)
  }
  const figures = { products, perSecond, seconds, ...times }
  report(name, figures)
  const bars = Object.entries(times).map(([title, each]) => ({
    ...{ title, unit: 'ms', bars: Object.entries(each) },
  }))
  writePage(path.join(stateFolder(process.env.SHOP_STATE_DIR), 'bench'), name, { figures, bars })
}

async function answered(what: string, { client, query, variables }: Question): Promise<void> {
  const { codes } = await client.ask(query, variables)
  if (codes.length > 0) throw new Error(`${what} was refused: ${codes}`)
}

interface Pace {
  readonly perSecond: number
  readonly seconds: number
}

/** Asks at a steady pace whether or not the last was answered; what waited is counted from its time. */
async function openLoop({ perSecond, seconds }: Pace, ask: (turn: number) => Promise<void>) {
  const began = performance.now()
  const took = Array.from({ length: perSecond * seconds }, async (_, turn) => {
    const due = began + (turn * 1000) / perSecond
    await new Promise((wake) => setTimeout(wake, Math.max(0, due - performance.now())))
    await ask(turn)
    return performance.now() - due
  })
  return timesOf(await Promise.all(took))
}
