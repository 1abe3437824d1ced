import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'

export const root = path.resolve(import.meta.dirname, '../..')

export const written = (file: string) => readFileSync(path.join(root, file), 'utf8')

/** The subgraphs of `supergraph.yaml` and their ports, in its order. */
export function listedPorts(): [name: string, port: number][] {
  const { subgraphs } = parse(written('supergraph.yaml')) as {
    subgraphs: Record<string, { routing_url: string }>
  }
  return Object.entries(subgraphs).map(([name, { routing_url: url }]) => [
    name,
    Number(new URL(url).port),
  ])
}
