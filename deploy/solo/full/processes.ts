import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { tether } from '@shop/state/tether'

export interface Program {
  readonly name: string
  /** From the root of the repository. */
  readonly file: string
  readonly env: Readonly<Record<string, string>>
  /** Answers 200 when it is ready. */
  readonly ready: string
}

export interface Running extends AsyncDisposable {
  readonly program: Program
  pid(): number | undefined
  /** Resolves when it answers that it is ready. */
  untilReady(): Promise<void>
}

/** Runs a program and starts it anew when it ends, after a rest that grows to ten seconds. */
export function keepRunning(program: Program): Running {
  let child: ChildProcess | undefined
  let isOver = false

  async function run(): Promise<void> {
    for (let falls = 0; !isOver; falls += 1) {
      const began = Date.now()
      child = spawn(process.execPath, [...process.execArgv, program.file], {
        stdio: ['ignore', 'inherit', 'inherit'],
        env: { ...inherited(), ...program.env },
        detached: true,
      })
      tether(child)
      await once(child, 'exit')
      if (isOver) return
      if (Date.now() - began > 10_000) falls = 0
      process.stderr.write(`${program.name} ended and is started again\n`)
      await setTimeout(Math.min(10_000, 200 * 2 ** falls))
    }
  }

  const running = run()
  return {
    program,
    pid: () => child?.pid,
    async untilReady() {
      for (let waited = 0; !(await answers(program.ready)); waited += 100) {
        if (waited > 60_000) throw new Error(`${program.name} did not become ready in a minute.`)
        await setTimeout(100)
      }
    },
    async [Symbol.asyncDispose]() {
      isOver = true
      child?.kill('SIGTERM')
      const killer = setTimeout(12_000, null, { ref: false }).then(() => child?.kill('SIGKILL'))
      await Promise.race([running, killer])
    },
  }
}

/** Nothing of the launcher's own: neither the secret nor anybody's address. */
function inherited(): Record<string, string | undefined> {
  const { PATH, HOME, TZ, LOG_LEVEL, ENVIRONMENT, NODE_ENV, NODE_COMPILE_CACHE } = process.env
  const { OTEL_EXPORTER_OTLP_ENDPOINT, SHOP_POINTS_FILE } = process.env
  return {
    PATH,
    HOME,
    TZ,
    LOG_LEVEL,
    ENVIRONMENT,
    NODE_ENV,
    NODE_COMPILE_CACHE,
    OTEL_EXPORTER_OTLP_ENDPOINT,
    SHOP_POINTS_FILE,
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    const { ok } = await fetch(url, { signal: AbortSignal.timeout(1000) })
    return ok
  } catch {
    return false
  }
}
