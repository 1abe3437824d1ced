import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'

export interface Asset {
  readonly type: string
  readonly etag: string
  readonly content: Buffer
  /** Made when it is first asked for. */
  packed(): Buffer
}

const types: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
}

const page = new URL('page/', import.meta.url)

/** By path: the page with its settings written into it, its own files as they lie, and GraphiQL's. */
export async function assetsOf(settings: object): Promise<ReadonlyMap<string, Asset>> {
  const names = await readdir(page)
  const own = names
    .filter((name) => name !== 'index.html' && name !== 'tsconfig.json')
    .map(async (name) => [name, await readFile(new URL(name, page))] as const)
  const index = await readFile(new URL('index.html', page), 'utf8')
  const all = [
    ...(await Promise.all(own)),
    ...Object.entries(await graphiql()).map(([name, text]) => [name, Buffer.from(text)] as const),
  ]
  const start = assetOf('index.html', Buffer.from(withSettings(index, settings)))
  return new Map([
    ['/playground', start],
    ['/playground/', start],
    ...all.map(([name, content]) => [`/playground/${name}`, assetOf(name, content)] as const),
  ])
}

/** Its script, its styles and its workers, which lie in one module as text. */
async function graphiql(): Promise<Readonly<Record<string, string>>> {
  const { js, css, ...rest } = await import('@graphql-yoga/render-graphiql/graphiql')
  return {
    'graphiql.js': js,
    'graphiql.css': css,
    'worker-editor.js': rest.editorWorkerService,
    'worker-graphql.js': rest.graphqlWorker,
    'worker-json.js': rest.jsonWorker,
  }
}

/** No word of the settings can end the element that they stand in. */
const withSettings = (index: string, settings: object) =>
  index.replace('"SETTINGS"', () => JSON.stringify(settings).replaceAll('<', '\\u003c'))

function assetOf(name: string, content: Buffer): Asset {
  const hash = createHash('sha256').update(content).digest('base64url').slice(0, 22)
  let packed: Buffer | undefined
  return {
    type: types[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream',
    etag: `"${hash}"`,
    content,
    packed: () => {
      packed ??= gzipSync(content)
      return packed
    },
  }
}
