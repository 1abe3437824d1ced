import { once } from 'node:events'
import { createServer } from 'node:net'

/** What was given away here, and may not be listened on yet. */
const promised = new Set<number>()

/** The first port from here on, of the next fifty, that nobody listens on or was promised. */
export async function freePort(from: number): Promise<number> {
  for (let port = from; port < from + 50; port += 1) {
    if (promised.has(port) || !(await isFree(port))) continue
    promised.add(port)
    return port
  }
  throw new Error(`Ports ${from} to ${from + 49} are all in use.`)
}

/** The port that was set by hand, which has to be free; else the first free one from the usual on. */
export async function portFor(
  name: string,
  usual: number,
  env: NodeJS.ProcessEnv,
): Promise<number> {
  const given = env[name]
  if (!given) return freePort(usual)
  const port = Number(given)
  if (await isFree(port)) return port
  throw new Error(`${name} says port ${given}, and that is in use or no port.`)
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
