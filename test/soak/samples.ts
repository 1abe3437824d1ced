import { readdirSync, readFileSync } from 'node:fs'
import type { Scene } from '../crash/scene.ts'
import type { Point } from './slope.ts'

/** By what is measured and whose it is: `orders heap MB`. */
export type Figures = Map<string, Point[]>

const pageBytes = 4096
const megabyte = 2 ** 20

/** One look at every process and at PostgreSQL. */
export async function sample(scene: Scene, figures: Figures, minute: number): Promise<void> {
  const note = (name: string, value: number) => {
    const points = figures.get(name) ?? []
    figures.set(name, points)
    points.push({ minute, value })
  }
  const { shop } = scene
  for (const name of shop.names()) {
    const pid = shop.pidOf(name)
    if (!pid || name === 'postgres') continue
    const [, resident] = readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')
    note(`${name} memory MB`, (Number(resident) * pageBytes) / megabyte)
    note(`${name} open files`, readdirSync(`/proc/${pid}/fd`).length)
    const heap = await heapOf(scene, name)
    if (heap !== null) note(`${name} heap MB`, heap / megabyte)
  }
  const [row] = await shop.query('postgres', 'select count(*) as n from pg_stat_activity')
  note('PostgreSQL connections', Number(row?.n))
}

/** As its own metrics say; null of what is no program of ours. */
async function heapOf({ ports }: Scene, name: string): Promise<number | null> {
  const own = Number(ports[`${name.toUpperCase()}_PORT`])
  const isGateway = name === 'gateway' || name === 'shop'
  const port = isGateway ? Number(ports.GATEWAY_ADMIN_PORT) : own + 1000
  if (name === 'files' || !port) return null
  const text = await fetch(`http://127.0.0.1:${port}/metrics`).then((answer) => answer.text())
  return Number(/^nodejs_heap_size_used_bytes (\S+)/m.exec(text)?.[1])
}
