import { once } from 'node:events'
import { createServer } from 'node:net'

/** The first port from here on, of the next fifty, that nobody listens on. */
export async function freePort(from: number): Promise<number> {
  for (let port = from; port < from + 50; port += 1) {
    if (await isFree(port)) return port
  }
  throw new Error(`Ports ${from} to ${from + 49} are all in use.`)
}

export async function isFree(port: number): Promise<boolean> {
  const server = createServer()
  server.listen(port, '127.0.0.1')
  try {
    await once(server, 'listening')
    return true
  } catch {
    return false
  } finally {
    server.close()
  }
}
