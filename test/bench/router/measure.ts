import { readFileSync } from 'node:fs'
import { Pool } from 'undici'
import { type Times, timesOf } from '../report.ts'
import type { Gateway } from './gateways.ts'
import { query } from './world.ts'

export interface Measured {
  readonly cpuMs: number
  readonly perSecond: number
  readonly times: Times
  readonly megabytes: number
}

const body = JSON.stringify({ query })
const headers = { 'content-type': 'application/json', accept: 'application/json' }
/** Of Linux, wherever this runs: a second is a hundred ticks. */
const msOfTick = 10

function processorMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * msOfTick
}

const megabytesOf = (pid: number) =>
  Math.round(
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]) / 1024,
  )

/** Asks over so many connections for so long, and so often at least, one request at a time on each. */
export async function measure(
  { url, pid }: Gateway,
  { seconds, connections, least = 1 }: { seconds: number; connections: number; least?: number },
): Promise<Measured> {
  const { origin, pathname } = new URL(url)
  const pool = new Pool(origin, { connections, pipelining: 1 })
  const took: number[] = []
  const before = processorMs(pid)
  const began = performance.now()
  const hand = async () => {
    while (performance.now() - began < seconds * 1000 || took.length < least) {
      const at = performance.now()
      const answer = await pool.request({ path: pathname, method: 'POST', headers, body })
      await answer.body.dump({ limit: 10_000_000 })
      took.push(performance.now() - at)
    }
  }
  await Promise.all(Array.from({ length: connections }, hand))
  const lasted = performance.now() - began
  const cpuMs = (processorMs(pid) - before) / took.length
  await pool.close()
  return {
    cpuMs: Number(cpuMs.toFixed(3)),
    perSecond: Math.round(took.length / (lasted / 1000)),
    times: timesOf(took),
    megabytes: megabytesOf(pid),
  }
}

export async function answerOf({ url }: Gateway): Promise<{ data: unknown; bytes: number }> {
  const response = await fetch(url, { method: 'POST', headers, body })
  const text = await response.text()
  const { data } = JSON.parse(text)
  return { data, bytes: text.length }
}
