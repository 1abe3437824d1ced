import path from 'node:path'

/** Test files that share a process, and with it what it costs to load what they test. */
export interface Batch {
  readonly room: string
  readonly files: readonly string[]
}

/**
 * A subgraph, the gateway and a part of the deployment are a batch each; what opens whole shops has
 * a process to itself. Those come first, and the smallest rooms last, so that all hands end together.
 */
export function batchesOf(files: readonly string[]): Batch[] {
  const byRoom = Map.groupBy(files, roomOf)
  const batches = [...byRoom].flatMap(([room, its]) =>
    partsOf(its.toSorted()).map((part) => ({ room, files: part })),
  )
  const weight = ({ room, files: { length } }: Batch) => (room.startsWith('test/') ? 1000 : length)
  return batches.toSorted((a, b) => weight(b) - weight(a))
}

/** A large room is cut, so that no hand is left with it at the end. */
const mostFiles = 15

function partsOf(files: readonly string[]): (readonly string[])[] {
  const parts = Math.ceil(files.length / mostFiles)
  return Array.from({ length: parts }, (_, part) => files.filter((_, at) => at % parts === part))
}

function roomOf(file: string): string {
  const folders = path.dirname(file).split(path.sep)
  return folders[0] === 'test' ? file : folders.slice(0, 2).join('/')
}
