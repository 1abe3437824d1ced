import { randomBytes } from 'node:crypto'
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const shortest = 32

/** The shop's one secret: given, or made at the first start and kept where only its owner reads it. */
export function shopSecret(
  state: string,
  given: string | undefined,
  isProduction: boolean,
): string {
  if (given) return checked(given)
  if (isProduction) throw new Error('Set SHOPGRAPH_SECRET: in production it is not made up.')
  const file = path.join(state, 'secret')
  if (!existsSync(file)) make(file)
  const kept = readFileSync(file, 'utf8').trim()
  if (kept.length >= shortest) return kept
  throw new Error(
    `${file} is broken: a secret has at least ${shortest} characters. Put the old one back, or remove all of ${state} for a new shop.`,
  )
}

/** Whole or not at all, and the first of two that start at once wins. */
function make(file: string): void {
  const making = `${file}.${process.pid}`
  writeFileSync(making, randomBytes(32).toString('base64url'), { mode: 0o600 })
  try {
    linkSync(making, file)
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== 'EEXIST') throw fault
  } finally {
    rmSync(making)
  }
}

function checked(secret: string): string {
  if (secret.length < shortest) throw new Error('SHOPGRAPH_SECRET has at least 32 characters.')
  return secret
}
