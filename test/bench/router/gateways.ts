import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { names, parts, query } from './world.ts'

export interface Gateway {
  readonly name: string
  readonly url: string
  readonly child: ChildProcess
  readonly pid: number
}

interface Place {
  /** Where what is measured lies, and what it is measured by. */
  readonly folder: string
  readonly supergraph: string
  readonly ports: Readonly<Record<string, number>>
}

interface Started {
  readonly words: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly path?: string
}

const node = process.execPath
const nursery = '--max-semi-space-size=32'

const packages = {
  '@grafbase/cli-x86_64-unknown-linux-musl': '0.103.0',
  '@graphql-hive/gateway': '2.15.1',
  '@graphql-hive/router-runtime': '1.4.23',
  graphql: '16.15.0',
}

/** Other people's gateways, by npm, pinned, into a folder of the bench's own. */
export function install(folder: string): string {
  const stamp = path.join(folder, 'installed.json')
  if (existsSync(stamp)) return folder
  mkdirSync(folder, { recursive: true })
  const manifest = { private: true, dependencies: packages }
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest))
  const { status } = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--no-save'], {
    cwd: folder,
    stdio: ['ignore', 2, 2],
  })
  if (status !== 0) throw new Error('The other gateways could not be installed.')
  writeFileSync(stamp, JSON.stringify(packages))
  return folder
}

export const kinds: Readonly<
  Record<string, (place: Place, port: number, cache: string) => Started>
> = {
  ours: ({ supergraph }, port) => ({
    words: [
      node,
      nursery,
      'test/bench/router/ours.ts',
      '--supergraph',
      supergraph,
      '--port',
      `${port}`,
    ],
  }),
  stock: ({ supergraph }, port) => ({
    words: [
      node,
      nursery,
      'gateway/standalone/index.ts',
      '--supergraph',
      supergraph,
      '--port',
      `${port}`,
    ],
    env: { ROUTER_ENGINE: 'reference' },
  }),
  hive: ({ supergraph }, port, cache) => ({
    words: [
      node,
      path.join(cache, 'node_modules/@graphql-hive/gateway/dist/bin.js'),
      'supergraph',
      supergraph,
      '--hive-router-runtime',
      '--port',
      `${port}`,
      '--host',
      '127.0.0.1',
    ],
  }),
  grafbase: (place, port, cache) => {
    const config = path.join(place.folder, 'grafbase.toml')
    writeFileSync(config, grafbaseConfig(place))
    const binary = path.join(cache, 'node_modules/@grafbase/cli-x86_64-unknown-linux-musl/grafbase')
    return { words: [binary, 'dev', '-c', config, '-p', `${port}`] }
  },
}

function grafbaseConfig({ folder, ports }: Place): string {
  return names
    .map((name) => {
      const schema = path.join(folder, `${name}.graphql`)
      writeFileSync(schema, parts[name]?.typeDefs ?? '')
      return `[subgraphs.${name}]\nurl = "http://127.0.0.1:${ports[name]}/graphql"\nschema_path = "${schema}"\n`
    })
    .join('\n')
}

/** Starts one on a core of its own and waits until it answers. */
export async function open(name: string, started: Started, port: number): Promise<Gateway> {
  const child = spawn('taskset', ['-c', '0', ...started.words], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, NODE_ENV: 'production', ...started.env },
  })
  let said = ''
  child.stderr?.on('data', (chunk) => {
    said = `${said}${chunk}`.slice(-2000)
  })
  const url = `http://127.0.0.1:${port}/graphql`
  for (let waited = 0; waited < 60_000; waited += 200) {
    if (child.exitCode !== null) break
    if (await answers(url)) return { name, url, child, pid: child.pid ?? 0 }
    await delay(200)
  }
  child.kill('SIGKILL')
  throw new Error(`${name} did not open: ${said}`)
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    })
    const { data } = (await response.json()) as { data?: { users?: unknown } }
    return Boolean(data?.users)
  } catch {
    return false
  }
}
