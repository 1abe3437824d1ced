import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'

/**
 * Takes a state folder for this process alone; null while another has it. The hold is an abstract
 * socket, which the kernel gives to one and takes back however that one ends.
 */
export async function tryHold(state: string): Promise<AsyncDisposable | null> {
  const name = createHash('sha256').update(state).digest('hex').slice(0, 32)
  const server = createServer((socket) => socket.destroy())
  server.listen({ path: `\0shopgraph-${name}` })
  try {
    await once(server, 'listening')
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'EADDRINUSE') return null
    throw fault
  }
  writeFileSync(path.join(state, note), String(process.pid))
  return {
    async [Symbol.asyncDispose]() {
      server.close()
      await once(server, 'close')
    },
  }
}

/** The same, for whoever cannot share: throws who has it. */
export async function hold(state: string): Promise<AsyncDisposable> {
  const held = await tryHold(state)
  if (held) return held
  const pid = readFileSync(path.join(state, note), 'utf8')
  throw new Error(
    `The shop of this folder is open already, in process ${pid}. Close it first, or set SHOP_STATE_DIR to another folder.`,
  )
}

const note = 'holder.pid'
