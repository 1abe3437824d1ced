import { type ChildProcess, fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { ShopError } from '@shop/kit/errors'
import type { Format, Width } from '../domain/picture.ts'

export interface Rendition {
  readonly width: Width
  readonly format: Format
  readonly bytes: Uint8Array
}

export interface Rendered {
  /** Of the picture as it came, turned upright. */
  readonly width: number
  readonly height: number
  readonly renditions: readonly Rendition[]
}

/** What a picture may be that comes from outside; `svg` is for our own drawings alone. */
export type Kind = 'jpeg' | 'png' | 'webp' | 'svg'

export class BadImage extends ShopError {
  readonly code = 'BAD_IMAGE'
}

export interface Limits {
  readonly ms: number
  readonly pixels: number
  /** Of the process that decodes, all of it. */
  readonly memoryBytes: number
}

export const usualLimits: Limits = { ms: 5000, pixels: 50e6, memoryBytes: 400 * 2 ** 20 }

export interface Studio extends AsyncDisposable {
  render(source: Uint8Array, kind: Kind): Promise<Rendered>
}

type Reply = { rendered: Rendered } | { refused: string }

const idleMs = 20_000

/**
 * Decodes and encodes in a process of its own, one picture at a time. A picture that takes too
 * long or too much memory ends that process and nothing else; the next one gets a new process.
 */
export function openStudio(limits: Limits = usualLimits): Studio {
  let child: ChildProcess | undefined
  let last: Promise<unknown> = Promise.resolve()
  let idle: NodeJS.Timeout | undefined

  function ready(): ChildProcess {
    if (child?.connected) return child
    const made = fork(new URL('render.ts', import.meta.url), [String(limits.pixels)], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      execArgv: ['--max-old-space-size=128'],
      env: { VIPS_CONCURRENCY: '1', MALLOC_ARENA_MAX: '2' },
    })
    made.unref()
    made.channel?.unref()
    child = made
    return made
  }

  async function one(source: Uint8Array, kind: Kind): Promise<Rendered> {
    clearTimeout(idle)
    const reply = await answered(ready(), { source, kind }, limits)
    idle = setTimeout(() => child?.kill('SIGKILL'), idleMs).unref()
    if ('refused' in reply) throw new BadImage(reply.refused)
    return reply.rendered
  }

  return {
    render(source, kind) {
      const mine = last.then(() => one(source, kind))
      last = mine.catch(() => {})
      return mine
    },
    async [Symbol.asyncDispose]() {
      clearTimeout(idle)
      child?.kill('SIGKILL')
    },
  }
}

/** What the process says, or that it had to be ended. */
async function answered(child: ChildProcess, order: object, limits: Limits): Promise<Reply> {
  const { promise, resolve } = Promise.withResolvers<Reply>()
  const end = (refused: string) => {
    child.kill('SIGKILL')
    resolve({ refused })
  }
  const onExit = () => resolve({ refused: 'This picture could not be read.' })
  const deadline = setTimeout(() => end('This picture takes too long.'), limits.ms)
  const watch = setInterval(() => {
    if (memoryOf(child) > limits.memoryBytes) end('This picture takes too much memory.')
  }, 10)
  child.once('message', resolve).once('exit', onExit)
  child.send(order, (fault) => fault && onExit())
  try {
    return await promise
  } finally {
    clearTimeout(deadline)
    clearInterval(watch)
    child.off('message', resolve).off('exit', onExit)
  }
}

/** In bytes, from the second figure of `statm`, which is in pages of 4 KiB; 0 once it has gone. */
function memoryOf({ pid }: ChildProcess): number {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * 4096
  } catch {
    return 0
  }
}
