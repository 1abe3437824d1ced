import { guestNamed, type Identity } from '@shop/kit/identity'
import { localLive } from '@shop/kit/live'
import { type AskedAs, ask, freshDatabase, type Meeting, standingAt } from '@shop/kit/testing'
import { migrations, open } from '../subgraph.ts'
import { noon, StandIn } from './stand-in.ts'

export const mug = '019a3c1e-7f00-7000-8000-000000000001'
export const tea = '019a3c1e-7f00-7000-8000-000000000002'
export const ada = '019a3c1e-7f00-7000-8000-0000000000a1'
export const ben = '019a3c1e-7f00-7000-8000-0000000000a2'
export const guest = guestNamed('019a3c1e-7f00-7000-8000-0000000000b1')

export const staffWith = (...scopes: string[]): Identity => ({
  kind: 'staff',
  id: '019a3c1e-7f00-7000-8000-00000000000e',
  scopes,
})

const settings = {
  ...{ currency: 'EUR', quoteMs: 1_800_000, leaseMs: 20_000, reviewMs: 172_800_000 },
  ...{ checkoutsAtOnce: 32, blindLimitMinor: 20_000, needsVerifiedEmail: false },
  storefrontUrl: 'https://shop.example',
}

/** Orders on a fresh database, the others played by a stand-in, and a clock that is moved by hand. */
export async function ordersWith(meeting?: Meeting, changed: Partial<typeof settings> = {}) {
  await using opening = new AsyncDisposableStack()
  const database = opening.use(await freshDatabase('orders', migrations))
  const standIn = new StandIn()
  let now = noon
  const standing = {
    ...standingAt(noon, meeting),
    clock: { now: () => now },
    live: opening.use(localLive()),
    ask: standIn.ask,
  }
  const config = { ...settings, ...changed, databaseUrl: database.url }
  const subgraph = opening.use(await open(config, standing))
  const opened = opening.move()
  return {
    subgraph,
    database,
    standIn,
    standing,
    /** Another process of the same shop. */
    another: () => open(config, standing),
    statements: standing.statements,
    ask: (request: AskedAs) => ask(subgraph, request),
    later: (ms: number) => {
      now = new Date(now.getTime() + ms)
    },
    sweep: () => subgraph.jobs[0]?.run({}) ?? Promise.reject(new Error('There is no sweep.')),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

export type World = Awaited<ReturnType<typeof ordersWith>>
