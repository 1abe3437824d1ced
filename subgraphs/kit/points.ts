import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { z } from 'zod'
import { configReader, type Environment } from './config.ts'

type Act = (point: string) => void | Promise<void>

const watchers = new Set<Act>()

/**
 * A named place between two steps, where a process can be made to die, stand still or wait. With
 * nobody watching it is one look at an empty set.
 */
export function reach(point: string): void | Promise<void> {
  if (watchers.size > 0) return told(point)
}

async function told(point: string): Promise<void> {
  for (const watch of watchers) await watch(point)
}

/** Until disposed of: whoever reaches the point does this first, and waits for it. */
export function atPoint(point: string, act: Act): Disposable {
  return watchPoints((reached) => (reached === point ? act(reached) : undefined))
}

/** The same for every point. */
export function watchPoints(watch: Act): Disposable {
  watchers.add(watch)
  return { [Symbol.dispose]: () => void watchers.delete(watch) }
}

const settings = configReader(
  z.object({
    ENVIRONMENT: z.string().default('development'),
    SHOP_CRASH_AT: z.string().optional(),
    SHOP_FREEZE_AT: z.string().optional(),
    SHOP_POINTS_FILE: z.string().optional(),
  }),
)

/**
 * Of a process, from its environment. `SHOP_CRASH_AT` and `SHOP_FREEZE_AT` are `<point>[:<nth>]`.
 * `SHOP_POINTS_FILE` is where another process arms one act while this one runs: see `armedIn`.
 * A production that is told to crash does not start.
 */
export function pointsFrom(env: Environment): void {
  const config = settings(env)
  const { SHOP_CRASH_AT: crash, SHOP_FREEZE_AT: freeze, SHOP_POINTS_FILE: file } = config
  const wanted = [crash, freeze, file].some(Boolean)
  if (wanted && config.ENVIRONMENT === 'production') {
    throw new Error('SHOP_CRASH_AT, SHOP_FREEZE_AT and SHOP_POINTS_FILE are for tests alone.')
  }
  if (crash) watchPoints(nth(crash, end))
  if (freeze) watchPoints(nth(freeze, stop))
  if (file) watchPoints(armedIn(file))
}

const end = () => void process.kill(process.pid, 'SIGKILL')
const stop = () => void process.kill(process.pid, 'SIGSTOP')

function nth(wanted: string, act: () => void): Act {
  const [point = '', count = '1'] = wanted.split(':')
  let left = Number(count)
  return (reached) => {
    if (reached !== point) return
    left -= 1
    if (left === 0) act()
  }
}

/**
 * The file holds `crash|freeze|wait <point>`, and is renamed to `<file>.hit` by the one process that
 * reaches the point first, so one arming is one act however many processes look. The hit tells the
 * point and the process; one that waits goes on when it is taken away.
 */
function armedIn(file: string): Act {
  const hit = `${file}.hit`
  const acts: Record<string, () => void | Promise<void>> = {
    crash: end,
    freeze: stop,
    wait: () => gone(hit),
  }
  return (point) => {
    const [act = '', wanted] = contentsOf(file)
    if (wanted !== point || !claimed(file, hit)) return
    writeFileSync(hit, JSON.stringify({ act, point, pid: process.pid }))
    return acts[act]?.()
  }
}

function contentsOf(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').trim().split(' ')
  } catch {
    return []
  }
}

function claimed(file: string, hit: string): boolean {
  try {
    renameSync(file, hit)
    return true
  } catch {
    return false
  }
}

async function gone(file: string): Promise<void> {
  while (existsSync(file)) await setTimeout(5)
}
