import { createHmac, createSecretKey } from 'node:crypto'
import type { Digests } from './domain/risk-facts.ts'

/** Made a key of once: a buffer is made one of for every digest, which is most of what that costs. */
export function digestsBy(secret: Buffer): Digests {
  const key = createSecretKey(secret)
  return (kind, text) => createHmac('sha256', key).update(`${kind} ${text}`).digest('base64url')
}
