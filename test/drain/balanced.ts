import { setTimeout } from 'node:timers/promises'
import type { Recorder } from '../faults/recorder.ts'

/** How soon a balancer notices that a server is not to be sent anything. */
const lookMs = 50

/**
 * Clients as they are behind a balancer: while the server says that it is not ready, or says nothing,
 * what they ask waits.
 */
export function balanced(recorder: Recorder, ready: string): Recorder & AsyncDisposable {
  let isReady = true
  let isOver = false

  async function look(): Promise<void> {
    while (!isOver) {
      isReady = await fetch(ready, { signal: AbortSignal.timeout(1000) }).then(
        ({ ok }) => ok,
        () => false,
      )
      await setTimeout(lookMs)
    }
  }

  const looking = look()
  return {
    calls: recorder.calls,
    clientNamed: (name) => {
      const ask = recorder.clientNamed(name)
      return async (call) => {
        while (!isReady && !isOver) await setTimeout(lookMs)
        return ask(call)
      }
    },
    async [Symbol.asyncDispose]() {
      isOver = true
      await looking
    },
  }
}
