import { readFileSync } from 'node:fs'
import path from 'node:path'
import { root } from '@shop/state/folder'
import { freePort } from '@shop/state/port'
import { parse } from 'yaml'

/** Every variable that names a port, and a port for it that nobody has. */
export async function portsOf(topology: 'solo' | 'full'): Promise<Record<string, string>> {
  const { subgraphs } = parse(readFileSync(path.join(root, 'supergraph.yaml'), 'utf8'))
  const names = topology === 'full' ? Object.keys(subgraphs).map((name) => name.toUpperCase()) : []
  const variables = [
    ...['GATEWAY_PORT', 'FILES_PORT', 'GATEWAY_ADMIN_PORT', 'GATEWAY_ASKS_PORT'],
    ...names.map((name) => `${name}_PORT`),
  ]
  // Below the kernel's own range, so that no connection of ours takes one while its owner is dead.
  let from = 20_000 + (process.pid % 100) * 100
  const ports: Record<string, string> = {}
  for (const variable of variables) {
    from = (await freePort(from)) + 1
    ports[variable] = String(from - 1)
  }
  return ports
}
