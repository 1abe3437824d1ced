import { readFile, stat } from 'node:fs/promises'
import type { Life } from './life.ts'

const everyMs = 1_000

interface Watching {
  readonly file: string
  /** What is served when the watch begins. */
  readonly supergraph: string
  readonly life: Life
  readonly onFault: (error: unknown) => void
}

/**
 * Looks at a supergraph's file, and serves what it says from then on. One that cannot be served is
 * told of, and changes nothing.
 */
export function watch({ file, supergraph, life, onFault }: Watching): Disposable {
  let served = supergraph
  let seen = ''
  let isLooking = false
  const look = async () => {
    const { mtimeMs, size } = await stat(file)
    if (`${mtimeMs} ${size}` === seen) return
    const next = await readFile(file, 'utf8')
    seen = `${mtimeMs} ${size}`
    if (next === served) return
    served = next
    await life.replace(next)
  }
  const timer = setInterval(() => {
    if (isLooking) return
    isLooking = true
    look()
      .catch(onFault)
      .finally(() => {
        isLooking = false
      })
  }, everyMs)
  return { [Symbol.dispose]: () => clearInterval(timer) }
}
