import { readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import pg from 'pg'
import type { Scene } from '../crash/scene.ts'
import { superuserOf } from '../crash/shop.ts'
import type { Wires } from '../partition/wires.ts'

interface World {
  readonly scene: Scene
  readonly wires: Wires
  readonly ms: number
}

export interface Shortage {
  readonly name: string
  /** What the log says of it, to whoever is woken; null where there is nothing to be done about it. */
  readonly line: RegExp | null
  /** From its beginning until it is over. */
  last(world: World): Promise<void>
}

/** Where the clock of every process finds how far it is off. */
export const clockFile = (folder: string) => path.join(folder, 'clock')

const stopped = (part: string): Shortage => ({
  name: `${part} stopped`,
  // Notifications is asked nothing by anybody: its mails come late, and that is all.
  line: part === 'notifications' ? null : /failed too often|was not answered|webhook was not taken/,
  async last({ scene: { shop }, ms }) {
    const pid = shop.pidOf(part) ?? 0
    process.kill(pid, 'SIGSTOP')
    await setTimeout(ms)
    process.kill(pid, 'SIGCONT')
  },
})

const clock = (stepMs: number): Shortage => ({
  name: `a clock ${stepMs / 60_000} minutes off`,
  line: null,
  async last({ scene: { shop }, ms }) {
    writeFileSync(clockFile(shop.folder), String(stepMs))
    await setTimeout(ms)
    writeFileSync(clockFile(shop.folder), '0')
    // Every process looks ten times a second.
    await setTimeout(300)
  },
})

const fullDisk: Shortage = {
  name: 'a full disk',
  line: /No space left on device|could not extend file/,
  async last({ scene: { shop }, ms }) {
    const ballast = path.join(shop.folder, 'ballast')
    const began = Date.now()
    // What is given back meanwhile is taken again.
    for (let part = 0; Date.now() - began < ms; part += 1) {
      const { bavail, bsize } = statfsSync(shop.folder)
      if (bavail > 0) fill(`${ballast}.${part}`, bavail * bsize)
      await setTimeout(100)
    }
    for (const name of readdirSync(shop.folder)) {
      if (name.startsWith('ballast')) rmSync(path.join(shop.folder, name))
    }
  },
}

function fill(file: string, bytes: number): void {
  const piece = Buffer.alloc(Math.min(bytes, 2 ** 24))
  try {
    for (let left = bytes; left > 0; left -= piece.length) writeFileSync(file, piece, { flag: 'a' })
  } catch {
    // Somebody else was faster: then it is full.
  }
}

const poolUsedUp: Shortage = {
  name: 'a connection pool used up',
  line: /no database connection was free in time/,
  async last({ scene: { shop }, ms }) {
    await using holder = await connected(shop.folder)
    // Whoever asks for an order or a cart waits for this one, with a connection of the pool in hand.
    const tables = 'orders.orders, orders.carts, orders.checkouts'
    await holder.client.query(`begin; lock table ${tables} in access exclusive mode`)
    await setTimeout(ms)
    await holder.client.query('rollback')
  },
}

const serverFull: Shortage = {
  name: 'no connection left at PostgreSQL',
  line: /no connection to the database could be made/,
  async last({ scene: { shop }, ms }) {
    await using taken = new AsyncDisposableStack()
    const began = Date.now()
    // What a pool lets go is taken at once, until none is left for it.
    while (Date.now() - began < ms) {
      try {
        taken.use(await connected(shop.folder))
      } catch {
        await setTimeout(50)
      }
    }
  },
}

const refusedAtStart: Shortage = {
  name: 'PostgreSQL refuses while everybody starts',
  line: /no connection to the database could be made/,
  async last({ scene: { shop }, wires, ms }) {
    const parts = wires.names.filter((name) => name.endsWith('-postgres'))
    for (const wire of parts) wires.shape(wire, { isRefused: true })
    for (const wire of parts) shop.signal(wire.replace('-postgres', ''), 'SIGKILL')
    await setTimeout(ms)
    wires.heal()
  },
}

async function connected(folder: string) {
  const client = new pg.Client({ connectionString: superuserOf(folder, 'ecommerce') })
  client.on('error', () => {})
  await client.connect()
  return { client, [Symbol.asyncDispose]: () => client.end() }
}

export const shortages: readonly Shortage[] = [
  ...['orders', 'payments', 'inventory', 'notifications'].map(stopped),
  ...[600_000, -600_000].map(clock),
  ...[poolUsedUp, serverFull, refusedAtStart, fullDisk],
]
