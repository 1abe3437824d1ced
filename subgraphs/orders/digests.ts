import { createHmac } from 'node:crypto'
import { readyKey } from '@shop/kit/keys'
import type { Digests } from './domain/risk-facts.ts'

export function digestsBy(secret: Buffer): Digests {
  const key = readyKey(secret)
  return (kind, text) => createHmac('sha256', key).update(`${kind} ${text}`).digest('base64url')
}
