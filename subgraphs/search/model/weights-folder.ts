import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'

interface Manifest {
  /** SHA-256 by file name. */
  readonly files: Readonly<Record<string, string>>
}

/** Where built and pulled weights lie: `models/search/` below the state folder of this clone. */
export function weightsFolder(name: string): string {
  // biome-ignore lint/style/noProcessEnv: the commands of this room have no config.ts before them.
  const state = process.env.SHOP_STATE_DIR ?? path.join(import.meta.dirname, '../../../.data')
  return path.join(path.resolve(state), 'models/search', name)
}

/** Writes the files, and last the manifest that says what they are: a half is never taken whole. */
export function writeWeights(
  folder: string,
  files: Readonly<Record<string, Uint8Array>>,
): Manifest {
  mkdirSync(folder, { recursive: true })
  for (const [name, bytes] of Object.entries(files)) replace(path.join(folder, name), bytes)
  const hashes = Object.entries(files).map(([name, bytes]) => [name, hashOf(bytes)])
  const manifest = { files: Object.fromEntries(hashes) as Record<string, string> }
  replace(path.join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  return manifest
}

/** The path of a file that is what the manifest says it is. Throws where it is not, or not there. */
export async function checkedFile(folder: string, name: string): Promise<string> {
  const { files } = JSON.parse(readFileSync(path.join(folder, 'manifest.json'), 'utf8')) as Manifest
  const file = path.join(folder, name)
  if (hashOf(await readFile(file)) === files[name]) return file
  throw new Error(`${file} is not what its manifest says: run npm run models:build -- search.`)
}

export const hashOf = (bytes: Uint8Array | string): string =>
  createHash('sha256').update(bytes).digest('hex')

function replace(file: string, bytes: Uint8Array | string): void {
  writeFileSync(`${file}.new`, bytes)
  renameSync(`${file}.new`, file)
}
