import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { openSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { tether } from '@shop/state/tether'

/** How a process is started again and again. */
export interface Started {
  readonly file: string
  readonly args?: readonly string[]
  /** All of it: nothing is inherited. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** Where it writes; the end of it is kept over all its lives. */
  readonly log: string
  /** Of Node, before the file. */
  readonly flags?: readonly string[]
}

export interface Kept extends AsyncDisposable {
  pid(): number | undefined
  send(signal: NodeJS.Signals): void
  /** How often it was started. */
  lives(): number
  /** Its end of this life. */
  ended(): Promise<void>
}

/**
 * A process that is started again whenever it ends, whoever ended it; told to end, it is left to.
 * It ends with this one, also when this one is killed.
 */
export function keptProcess({ file, args = [], env, log, flags = [] }: Started): Kept {
  let [isOver, lives, child] = [false, 0, undefined as ChildProcess | undefined]
  const sink = openSync(log, 'a')

  async function run(): Promise<void> {
    while (!isOver) {
      lives += 1
      const words = [...flags, file, ...args]
      child = spawn(process.execPath, words, { stdio: ['ignore', sink, sink], env })
      tether(child)
      await once(child, 'exit')
    }
  }

  const running = run()
  return {
    pid: () => child?.pid,
    send: (signal) => void child?.kill(signal),
    lives: () => lives,
    ended: async () => {
      if (child?.exitCode === null && child.signalCode === null) await once(child, 'exit')
    },
    async [Symbol.asyncDispose]() {
      isOver = true
      child?.kill('SIGCONT')
      child?.kill('SIGTERM')
      const killer = setTimeout(() => child?.kill('SIGKILL'), 15_000)
      await running
      clearTimeout(killer)
    },
  }
}

/** A process that runs now, as the kernel has it. */
export interface Found {
  readonly pid: number
  readonly parent: number
  readonly command: readonly string[]
}

/** Children of this one, and theirs, down to the last. */
export function descendantsOf(pid: number): Found[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => foundAt(Number(name)))
  const below = (parent: number): Found[] =>
    all.filter((each) => each.parent === parent).flatMap((each) => [each, ...below(each.pid)])
  return below(pid)
}

function foundAt(pid: number): Found[] {
  try {
    const folder = path.join('/proc', String(pid))
    const stat = readFileSync(path.join(folder, 'stat'), 'utf8')
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
    const command = readFileSync(path.join(folder, 'cmdline'), 'utf8').split('\0').filter(Boolean)
    return [{ pid, parent, command }]
  } catch {
    // It ended while it was looked at.
    return []
  }
}
