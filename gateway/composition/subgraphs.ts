import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { type DocumentNode, parse as parseSchema } from 'graphql'
import { parse } from 'yaml'

export interface ListedSubgraph {
  readonly name: string
  readonly url: string
  /** Of its schema, from the root of the repository. */
  readonly file: string
  readonly folder: string
  readonly typeDefs: DocumentNode
}

interface Listed {
  routing_url: string
  schema: { file: string }
}

/** What `supergraph.yaml` lists, in its order: the only list of subgraphs there is. */
export function listedSubgraphs(root: string): ListedSubgraph[] {
  const { subgraphs } = parse(readFileSync(path.join(root, 'supergraph.yaml'), 'utf8')) as {
    subgraphs: Record<string, Listed>
  }
  return Object.entries(subgraphs).map(([name, { routing_url, schema }]) => ({
    name,
    url: routing_url,
    file: schema.file,
    folder: path.join(root, path.dirname(schema.file)),
    typeDefs: parseSchema(readFileSync(path.join(root, schema.file), 'utf8')),
  }))
}

/** The files of a room of a subgraph, by name; none where it has no such room. */
export function filesIn(folder: string, ending: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => name.endsWith(ending) && !name.endsWith('.test.ts'))
    .toSorted()
    .map((name) => path.join(folder, name))
}
