import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { hashOf, operationsIn } from '@shop/kit/ask'
import { filesIn, type ListedSubgraph } from './subgraphs.ts'

/** Who listens to what: the names of the listening subgraphs by the event's, both sorted. */
export async function eventRoutes(
  subgraphs: readonly ListedSubgraph[],
): Promise<Record<string, string[]>> {
  const heard = await Promise.all(
    subgraphs.map(async ({ name, folder }) => {
      const modules = filesIn(path.join(folder, 'listeners'), '.ts').map(
        (file) => import(file) as Promise<Record<string, { event?: unknown }>>,
      )
      const listeners = (await Promise.all(modules)).flatMap((module) => Object.values(module))
      return listeners.flatMap(({ event }) => (typeof event === 'string' ? [{ event, name }] : []))
    }),
  )
  const routes = Map.groupBy(heard.flat(), ({ event }) => event)
  return Object.fromEntries(
    [...routes]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([event, all]) => [event, [...new Set(all.map(({ name }) => name))].toSorted()]),
  )
}

export interface KnownOperation {
  /** The subgraph that may ask it. */
  readonly service: string
  readonly document: string
}

/** What subgraphs may ask of the router, by hash; nothing else runs for them. */
export async function askedOperations(
  subgraphs: readonly ListedSubgraph[],
): Promise<Record<string, KnownOperation>> {
  const ofEach = subgraphs.map(async ({ name: service, folder }) => {
    const documents = await operationsIn(pathToFileURL(path.join(folder, 'operations/')))
    return [...documents.values()].map(
      (document) => [hashOf(document), { service, document }] as const,
    )
  })
  const all = (await Promise.all(ofEach)).flat()
  return Object.fromEntries(all.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
