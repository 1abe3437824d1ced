import { createHash } from 'node:crypto'
import { accessSync, chmodSync, constants, mkdirSync, statSync } from 'node:fs'
import path from 'node:path'

/** The folder of this clone. */
export const root = path.resolve(import.meta.dirname, '../..')

export const isRoot = process.getuid?.() === 0

/**
 * Where a clone keeps its state. PostgreSQL does not run as root, and its own user cannot enter a
 * clone under a closed home (`/root` is 0700): then the state lies below `/var/lib/shopgraph`.
 */
export function stateFolder(chosen: string | undefined): string {
  const wanted = path.resolve(root, chosen ?? '.data')
  if (!isRoot || isPassable(path.dirname(wanted))) return made(wanted)
  const name = createHash('sha256').update(wanted).digest('hex').slice(0, 12)
  return made(path.join('/var/lib/shopgraph', `${path.basename(root)}-${name}`))
}

/** Whether a user who owns nothing on the way can walk down to this folder. */
export function isPassable(folder: string): boolean {
  if (folder === '/') return true
  const missing = !statSync(folder, { throwIfNoEntry: false })
  const open = missing || (statSync(folder).mode & 0o005) === 0o005
  return open && isPassable(path.dirname(folder))
}

function made(folder: string): string {
  try {
    mkdirSync(folder, { recursive: true })
    if (isRoot) chmodSync(folder, 0o755)
    accessSync(folder, constants.W_OK)
    return folder
  } catch (fault) {
    const { code } = fault as NodeJS.ErrnoException
    throw new Error(
      `${folder} cannot be written (${code}). Set SHOP_STATE_DIR to a folder that can.`,
    )
  }
}
