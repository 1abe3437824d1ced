import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Schema } from './features.ts'
import { BadModel } from './refusals.ts'
import type { Metric } from './report.ts'

/** What a model is, in `manifest.json`: without times, so that one seed gives the same bytes. */
export interface Manifest {
  readonly name: string
  /** The first digits of the hash of all its files, unless it was told. */
  readonly version: string
  readonly seed: number
  /** Of the code it was trained by. */
  readonly commit: string
  /** Of the rows it was trained on. */
  readonly dataHash: string
  readonly schema: Schema
  readonly metrics: readonly Metric[]
  /** SHA-256 by name. */
  readonly files: Readonly<Record<string, string>>
}

export interface NewModel extends Omit<Manifest, 'files' | 'version'> {
  readonly version?: string
  /** The graph, parameters, whatever it is loaded from. */
  readonly contents: Readonly<Record<string, Uint8Array | string>>
  /** Data, licence, baselines, intervals, where it fails, what it must not be used for. */
  readonly card: string
}

export interface ModelFiles {
  readonly manifest: Manifest
  bytes(name: string): Uint8Array
  json<T>(name: string): T
}

export const sha256 = (contents: Uint8Array | string): string =>
  createHash('sha256').update(contents).digest('hex')

const manifestFile = 'manifest.json'

/** Writes the folder beside its place and moves it there whole; what stood there is replaced. */
export function writeModel(folder: string, { contents, card, ...rest }: NewModel): Manifest {
  const named = Object.entries(contents).sort(([a], [b]) => (a < b ? -1 : 1))
  const files = Object.fromEntries(named.map(([name, content]) => [name, sha256(content)]))
  const { name, version = sha256(JSON.stringify(files)).slice(0, 12), ...more } = rest
  const manifest: Manifest = { name, version, ...more, files }
  const beside = `${folder}.${randomBytes(4).toString('hex')}`
  mkdirSync(beside, { recursive: true })
  for (const [each, content] of named) writeFileSync(path.join(beside, each), content)
  writeFileSync(path.join(beside, 'README.md'), card)
  writeFileSync(path.join(beside, manifestFile), `${JSON.stringify(manifest, null, 2)}\n`)
  rmSync(folder, { recursive: true, force: true })
  renameSync(beside, folder)
  return manifest
}

/** Reads each file once and checks it; throws BAD_MODEL for one that is not as the manifest says. */
export function readModel(folder: string): ModelFiles {
  const manifest = manifestIn(folder)
  const contents = new Map(
    Object.entries(manifest.files).map(([name, hash]) => [name, checked(folder, name, hash)]),
  )
  const bytes = (name: string) => {
    const content = contents.get(name)
    if (!content) throw new BadModel(`${manifest.name} has no file ${name}.`)
    return content
  }
  return {
    manifest,
    bytes,
    json: <T>(name: string) => JSON.parse(new TextDecoder().decode(bytes(name))) as T,
  }
}

function manifestIn(folder: string): Manifest {
  const file = path.join(folder, manifestFile)
  if (!existsSync(file)) throw new BadModel(`There is no model in ${folder}.`)
  try {
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as Manifest
    if (typeof manifest.name === 'string' && Object.keys(manifest.files).length > 0) return manifest
  } catch (error) {
    throw new BadModel(`The manifest in ${folder} cannot be read.`, { cause: error })
  }
  throw new BadModel(`The manifest in ${folder} names no files.`)
}

function checked(folder: string, name: string, hash: string): Uint8Array {
  const file = path.join(folder, name)
  // A manifest names files of its own folder and no others.
  if (path.basename(name) !== name || !existsSync(file)) throw new BadModel(`${name} is not there.`)
  const content = readFileSync(file)
  if (sha256(content) !== hash) throw new BadModel(`${name} is not what its manifest says.`)
  return content
}

/** A place for the model that answers now. What cannot be opened leaves the one before. */
export interface Slot<T> {
  readonly current: T | undefined
  /** Throws BAD_MODEL, and nothing has changed. */
  take(folder: string): Promise<T>
}

/** `open` makes what answers from files that were checked. */
export function modelSlot<T>(open: (files: ModelFiles) => T | Promise<T>): Slot<T> {
  let current: T | undefined
  return {
    get current() {
      return current
    },
    async take(folder) {
      const next = await open(readModel(folder))
      current = next
      return next
    },
  }
}
