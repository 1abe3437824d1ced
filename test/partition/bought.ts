import { setTimeout } from 'node:timers/promises'
import { randomFrom } from '@shop/kit/learn/random'
import { purchase } from '../crash/buying.ts'
import { type Client, clientOf } from '../crash/client.ts'
import type { Scene } from '../crash/scene.ts'

const readOrder = `query Order($id: ID!) { order(id: $id) { id status version } }`

/** So much more than usual, and the shop has not come back as it should. */
export const recoveredMs = 5000

/** Nobody waits for a shop longer. */
const patienceMs = 60_000

/** How long somebody who comes now, and asks again whatever they are told, took to buy. */
export async function boughtIn(scene: Scene, number: number): Promise<number> {
  const began = performance.now()
  const { recorder, known } = scene
  const end = Date.now() + patienceMs
  const isOver = () => Date.now() > end
  const address = `198.51.${101 + (Math.floor(number / 250) % 100)}.${number % 250}`
  const client = clientOf({ recorder, name: `newcomer ${number}`, address, isOver })
  const turn = { client, known, random: randomFrom(number) }
  while (!isOver()) {
    const placed = await purchase(turn, { card: 'pm_card_visa', voucherCodes: [], pieces: 1 })
    const id = placed?.reply?.data?.checkout?.order?.id
    if (id && (await isConfirmed(client, id, isOver))) return Math.round(performance.now() - began)
  }
  throw new Error(`Newcomer ${number} could not buy within a minute.`)
}

/** False when it was called off, or nobody waits for it any more. */
async function isConfirmed(client: Client, id: string, isOver: () => boolean): Promise<boolean> {
  while (!isOver()) {
    const read = await client.ask({ name: 'Order', query: readOrder, variables: { id } })
    const status = read.reply?.data?.order?.status
    if (status === 'CONFIRMED' || status === 'CANCELLED') return status === 'CONFIRMED'
    await setTimeout(100)
  }
  return false
}
