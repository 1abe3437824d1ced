import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

const span = 50

/** The first port from here on, of the next fifty, that nobody listens on. */
export async function freePort(from: number): Promise<number> {
  const holder = await firstFree(from)
  const port = portOf(holder)
  await closed(holder)
  return port
}

async function firstFree(from: number, given: ReadonlySet<number> = new Set()): Promise<Server> {
  for (let port = from; port < from + span; port += 1) {
    const holder = given.has(port) ? null : await heldAt(port)
    if (holder) return holder
  }
  throw new Error(`Ports ${from} to ${from + span - 1} are all in use.`)
}

/** The variable that sets it by hand, and the usual port. */
export type WantedPort = readonly [variable: string, usual: number]

/** Nobody else can listen on one of these until it is let go, just before its own listener does. */
export interface HeldPorts<Name extends string> extends AsyncDisposable {
  readonly of: Readonly<Record<Name, number>>
  letGo(...names: readonly Name[]): Promise<void>
}

/**
 * A port of its own for each: the one that was set by hand, which has to be free, or the first free
 * one from the usual on, which is told. They are held, since a shop takes minutes to fill.
 */
export async function portsFor<Name extends string>(
  wanted: Readonly<Record<Name, WantedPort>>,
  env: NodeJS.ProcessEnv,
  told: (line: string) => void,
): Promise<HeldPorts<Name>> {
  const entries = Object.entries<WantedPort>(wanted)
  const given = new Set(entries.flatMap(([, [name]]) => (env[name] ? [Number(env[name])] : [])))
  const holders = new Map<string, Server>()
  const letGo = async (...names: readonly string[]) => {
    for (const name of names) await closed(holders.get(name))
  }
  await using opening = new AsyncDisposableStack()
  opening.defer(() => letGo(...holders.keys()))
  const of = {} as Record<Name, number>
  for (const [name, [variable, usual]] of entries) {
    const holder = env[variable]
      ? await byHand(variable, env[variable])
      : await firstFree(usual, given)
    const port = portOf(holder)
    if (!env[variable] && port !== usual) told(`port ${usual} is in use: ${variable} is ${port}`)
    holders.set(name, holder)
    given.add(port)
    of[name as Name] = port
  }
  const opened = opening.move()
  return { of, letGo, [Symbol.asyncDispose]: () => opened.disposeAsync() }
}

const portOf = (server: Server) => (server.address() as AddressInfo).port

async function closed(server: Server | undefined): Promise<void> {
  if (!server?.listening) return
  server.close()
  server.closeAllConnections()
  await once(server, 'close')
}

async function byHand(variable: string, text: string): Promise<Server> {
  const port = Number(text)
  if (!(Number.isInteger(port) && port > 0 && port < 65_536)) {
    throw new Error(`${variable} is a port, 1 to 65535, and not "${text}".`)
  }
  const holder = await heldAt(port)
  if (holder) return holder
  throw new Error(
    `Port ${port}, which ${variable} asks for, is in use. Free it, or set another, or none.`,
  )
}

/** Null where somebody else has it. Whoever comes while it is held is told to come again. */
async function heldAt(port: number): Promise<Server | null> {
  const server = createServer((_, response) => response.writeHead(503, opening).end(notYet))
  try {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    return server
  } catch {
    return null
  }
}

const opening = { 'content-type': 'application/json', 'retry-after': '1', connection: 'close' }
const notYet = JSON.stringify({
  errors: [{ message: 'The shop is opening.', extensions: { code: 'UNAVAILABLE' } }],
})
