import { type Keys, keyring } from '@shop/kit/keys'

/** The labels of the keys that a process is given: its own, and no other's. */
const beyondCalls: Readonly<Record<string, readonly string[]>> = {
  accounts: ['jwt:1', 'password-salt:1', 'mail-token:1', 'limits', 'cursor'],
  catalog: ['files', 'cursor', 'limits'],
  files: ['files'],
  orders: ['order-digest:1', 'order-link:1', 'cursor', 'limits'],
}

const call = (subgraph: string) => `call:${subgraph}:1`

/** As `SHOPGRAPH_KEYS`: what is not in it, a process cannot sign, read or forge. */
export function keysOf(process: string, subgraphs: readonly string[], keys: Keys): string {
  const labels =
    process === 'gateway'
      ? [...subgraphs.map(call), 'shop-session:1', 'limits']
      : [call(process), ...(beyondCalls[process] ?? ['cursor', 'limits'])]
  return JSON.stringify(keyring(keys, labels))
}
