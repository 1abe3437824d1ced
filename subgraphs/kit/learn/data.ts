import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'

export type Row = Record<string, string>

/** Where the real data sets lie, and the split of them that a judge scores. */
export interface DataSets {
  /** What may be learned from, e.g. `train('online-retail/transactions')`. */
  train(name: string): string
  /** What is scored: the validation file, or with `--held` the held one of the same columns. */
  scored(name: string): string
  /** The validation file, whether or not it is what is scored. */
  scoredHere(name: string): string
  /** A file of a set that is no split, by its name in the folder. */
  file(name: string): string
  /** The folder of a set whose rows are files: with `--held` the held one, else the given one. */
  scoredFolder(set: string): string
  /** The same among the held; nothing where none are held. */
  heldFile(name: string): string | undefined
}

export interface Places {
  /** `SHOP_DATA_DIR`. */
  folder: string
  /** `--held`: a folder of files called `<set>/<name>_test.<ext>`. */
  held?: string | undefined
}

/**
 * A set of one file a split may call them `train` and `validation` alone: its name is then the
 * set's. Throws where a file is not there, naming it: a judge never scores less than it says.
 */
export function dataSetsIn({ folder, held }: Places): DataSets {
  const scoredHere = (name: string) => found(folder, splitsOf(name, 'validation'))
  return {
    train: (name) => found(folder, splitsOf(name, 'train')),
    scored: (name) => (held ? found(held, splitsOf(name, 'test')) : scoredHere(name)),
    scoredHere,
    file: (name) => found(folder, [name]),
    heldFile: (name) => held && found(held, [name]),
    scoredFolder: (set) => found(held ?? folder, [set]),
  }
}

const splitsOf = (name: string, split: string) => [
  `${name}_${split}`,
  `${name}/${split}`,
  `${name}/_${split}`,
  `${name}/${path.basename(name)}_${split}`,
]

function found(folder: string, names: readonly string[]): string {
  const endings = ['', '.csv', '.csv.gz', '.jsonl', '.jsonl.gz', '.json']
  const file = names
    .flatMap((name) => endings.map((ending) => path.join(folder, name + ending)))
    .find(existsSync)
  if (file) return file
  throw new Error(`${path.join(folder, names[0] ?? '')} is not there, with any known ending.`)
}

/** The whole text of a file, unpacked where its name ends in `.gz`. */
export function textOf(file: string): string {
  const bytes = readFileSync(file)
  return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString()
}

/** Rows of a CSV with a header line, RFC 4180. */
export const csvRows = (file: string): Row[] =>
  parse(textOf(file), { columns: true, bom: true, skip_empty_lines: true })

/** One JSON value a line. */
export const jsonLines = <T>(file: string): T[] =>
  textOf(file)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as T)
