import { setTimeout } from 'node:timers/promises'
import { arming } from './arming.ts'
import type { Blow, Cell } from './cells.ts'
import type { Victims } from './shop.ts'

/** Who answers the step, by its name. */
const owners: Readonly<Record<string, string>> = {
  hold: 'inventory',
  price: 'promotions',
  risk: 'fraud',
  authorize: 'payments',
  commit: 'inventory',
  capture: 'payments',
  confirm: 'orders',
}

/** Where the owner is in the middle of it: done, and not yet committed. */
const inside: Readonly<Record<string, string>> = {
  hold: 'holdStock.in',
  price: 'takePrice.in',
  risk: 'assessOrder.in',
  authorize: 'payments.authorize.sent',
  commit: 'commitHold.in',
  capture: 'payments.capture.sent',
  confirm: 'orders.confirm.in',
}

/** Strikes, and says what was hit; null when nobody came to that point in time. */
export async function strike(shop: Victims, blow: Blow): Promise<string | null> {
  if (blow.kind === 'random') return struck(shop, blow.victim)
  // What the last blow felled has to walk again before anybody comes to a point.
  await shop.untilReady()
  return blow.role === 'runner' ? crashAt(shop, blow) : killWhile(shop, blow)
}

async function struck(shop: Victims, victim: string): Promise<string | null> {
  if (victim === 'redis emptied') {
    shop.emptyRedis()
    return victim
  }
  // It may be on its way back from the last blow.
  for (let waited = 0; waited < 10_000 && !shop.pidOf(victim); waited += 100) await setTimeout(100)
  if (!shop.pidOf(victim)) return null
  shop.signal(victim, 'SIGKILL')
  return victim
}

const pointOf = ({ step, phase }: Cell) => `orders.${step}.${phase}`

async function crashAt(shop: Victims, cell: Cell): Promise<string | null> {
  using armed = arming(shop, `crash ${pointOf(cell)}`)
  return (await armed.hit()) ? `the runner at ${pointOf(cell)}` : null
}

/** Somebody else dies while the runner stands at the point; then it goes on. */
async function killWhile(shop: Victims, cell: Cell): Promise<string | null> {
  const victim = cell.role === 'postgres' ? 'postgres' : (owners[cell.step] ?? '')
  if (cell.role === 'owner' && cell.phase === 'in') {
    using armed = arming(shop, `crash ${inside[cell.step]}`)
    return (await armed.hit()) ? `${victim} at ${inside[cell.step]}` : null
  }
  using armed = arming(shop, `wait ${pointOf(cell)}`)
  if (!(await armed.hit())) return null
  shop.signal(victim, 'SIGKILL')
  return `${victim}, with the runner at ${pointOf(cell)}`
}
