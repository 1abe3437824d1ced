import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { tether } from '@shop/state/tether'
import type { Part } from './notes.ts'

export interface Kept extends AsyncDisposable {
  kill(): void
}

/** A process that is started again whenever it ends, whoever ended it. */
export function kept(name: 'producer' | 'listener', part: Part): Kept {
  let [isOver, child] = [false, undefined as ChildProcess | undefined]
  const file = path.join(import.meta.dirname, `${name}.ts`)

  async function run(): Promise<void> {
    while (!isOver) {
      child = spawn(process.execPath, [file, JSON.stringify(part)], {
        stdio: ['ignore', 'ignore', 'inherit'],
        env: { PATH: process.env.PATH ?? '' },
      })
      tether(child)
      await once(child, 'exit')
    }
  }

  const running = run()
  return {
    kill: () => void child?.kill('SIGKILL'),
    async [Symbol.asyncDispose]() {
      isOver = true
      child?.kill('SIGKILL')
      await running
    },
  }
}
