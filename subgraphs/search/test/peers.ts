import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TestContext } from 'node:test'
import { wish } from '@shop/kit/testing'

/** The address of a real server to be tried as well, or a line that says it was left out. */
export function addressOf(name: string, test: TestContext): string | undefined {
  const address = wish(name)
  if (!address) test.diagnostic(`left out: ${name} names no server to try`)
  return address
}

/** Where an embedded index is kept and opened again. */
export const freshFile = (): string =>
  path.join(mkdtempSync(path.join(tmpdir(), 'search-')), 'index')

export const freshName = (): string =>
  `contract-${process.pid}-${Math.random().toString(36).slice(2)}`
