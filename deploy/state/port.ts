import { once } from 'node:events'
import { createServer } from 'node:net'

const span = 50

/** The first port from here on, of the next fifty, that nobody listens on and nobody else was given. */
export async function freePort(from: number, given: ReadonlySet<number> = new Set()) {
  for (let port = from; port < from + span; port += 1) {
    if (!given.has(port) && (await isFree(port))) return port
  }
  throw new Error(`Ports ${from} to ${from + span - 1} are all in use.`)
}

/** The variable that sets it by hand, and the usual port. */
export type WantedPort = readonly [variable: string, usual: number]

/**
 * A port of its own for each: the one that was set by hand, which has to be free, or the first free
 * one from the usual on, which is told.
 */
export async function portsFor<Name extends string>(
  wanted: Readonly<Record<Name, WantedPort>>,
  env: NodeJS.ProcessEnv,
  told: (line: string) => void,
): Promise<Record<Name, number>> {
  const entries = Object.entries<WantedPort>(wanted)
  const given = new Set(entries.flatMap(([, [name]]) => (env[name] ? [Number(env[name])] : [])))
  const ports: Record<string, number> = {}
  for (const [name, [variable, usual]] of entries) {
    const port = env[variable]
      ? await byHand(variable, env[variable])
      : await freePort(usual, given)
    if (!env[variable] && port !== usual) told(`port ${usual} is in use: ${variable} is ${port}`)
    given.add(port)
    ports[name] = port
  }
  return ports
}

async function byHand(variable: string, text: string): Promise<number> {
  const port = Number(text)
  if (!(Number.isInteger(port) && port > 0 && port < 65_536)) {
    throw new Error(`${variable} is a port, 1 to 65535, and not "${text}".`)
  }
  if (await isFree(port)) return port
  throw new Error(
    `Port ${port}, which ${variable} asks for, is in use. Free it, or set another, or none.`,
  )
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer()
  try {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    return true
  } catch {
    return false
  } finally {
    server.close()
  }
}
