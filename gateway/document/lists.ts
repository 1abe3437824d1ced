import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

/** What becomes of an operation of a partner that is not in its list: it is refused, run, or run and told of. */
export type ListMode = 'require' | 'allow' | 'log'

const mode = z.enum(['require', 'allow', 'log'])

/** As `operations:publish` writes it, in the form of Apollo's manifests, with who may do what beyond it. */
export const manifest = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  mode: mode.default('require'),
  /** Of single API keys, by their ids. */
  keys: z.record(z.string(), mode).default({}),
  operations: z.array(
    z.object({ id: z.string(), name: z.string(), type: z.string(), body: z.string() }),
  ),
})

export type Manifest = z.infer<typeof manifest>

export interface OperationList {
  get(id: string): string | undefined
  modeFor(keyId: string): ListMode
}

export interface OperationLists {
  /** Nothing for a list that was never published. */
  get(name: string): OperationList | undefined
}

const lookMs = 1000

/** A folder of manifests, each a list by the file's name; looked at again when it is asked for a second later. */
export function listsIn(folder: string, now = Date.now): OperationLists {
  let lists = new Map<string, OperationList>()
  let [seen, looked] = ['', Number.NEGATIVE_INFINITY]

  function look(): void {
    if (now() - looked < lookMs) return
    looked = now()
    const files = manifestsIn(folder)
    const state = files.map((file) => `${file} ${statSync(file).mtimeMs}`).join()
    if (state === seen) return
    lists = new Map(files.map((file) => [path.basename(file, '.json'), listOf(file)]))
    seen = state
  }

  return {
    get(name) {
      look()
      return lists.get(name)
    },
  }
}

/** The files of a folder's lists; none where there is no folder. */
export function manifestsIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => path.join(folder, name))
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw fault
  }
}

export const readManifest = (file: string): Manifest =>
  manifest.parse(JSON.parse(readFileSync(file, 'utf8')))

function listOf(file: string): OperationList {
  const { mode: usual, keys, operations } = readManifest(file)
  const byId = new Map(operations.map(({ id, body }) => [id, body]))
  return { get: (id) => byId.get(id), modeFor: (keyId) => keys[keyId] ?? usual }
}
