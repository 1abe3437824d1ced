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
  const batches = [...byRoom].map(([room, its]) => ({ room, files: its.toSorted() }))
  const weight = ({ room, files: { length } }: Batch) => (room.startsWith('test/') ? 1000 : length)
  return batches.toSorted((a, b) => weight(b) - weight(a))
}

function roomOf(file: string): string {
  const folders = path.dirname(file).split(path.sep)
  return folders[0] === 'test' ? file : folders.slice(0, 2).join('/')
}
