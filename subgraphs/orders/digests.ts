import { createHmac } from 'node:crypto'
import type { Digests } from './domain/risk-facts.ts'

export const digestsBy =
  (key: Buffer): Digests =>
  (kind, text) =>
    createHmac('sha256', key).update(`${kind} ${text}`).digest('base64url')
