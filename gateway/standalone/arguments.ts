import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { parse } from 'yaml'
import { addressVariable, type ConfigInput } from '../config.ts'
import { readSupergraph } from '../supergraph/read.ts'

type Environment = Readonly<Record<string, string | undefined>>

export interface Asked {
  readonly file: string
  readonly supergraph: string
  readonly isReference: boolean
  readonly config: ConfigInput
}

const usage = 'npm run router -- --supergraph <file> [--port <n>] [--host <name>] [--config <file>]'

/**
 * What the command line, the file it names and the environment ask for. What stands nearer to the
 * person who starts it wins: the command line, then the environment, then the file.
 */
export function askedBy(words: readonly string[], env: Environment): Asked {
  const { values } = parseArgs({
    args: [...words],
    options: {
      supergraph: { type: 'string' },
      port: { type: 'string' },
      host: { type: 'string' },
      config: { type: 'string' },
    },
  })
  if (!values.supergraph) throw new Error(`Which supergraph? ${usage}`)
  const supergraph = readFileSync(values.supergraph, 'utf8')
  const written: ConfigInput = values.config ? parse(readFileSync(values.config, 'utf8')) : {}
  const port = values.port ?? env.ROUTER_PORT
  const engine = env.ROUTER_ENGINE
  return {
    file: values.supergraph,
    supergraph,
    isReference: engine === 'reference',
    config: {
      ...written,
      ...(port && { port: Number(port) }),
      ...(values.host && { host: values.host }),
      ...(env.ENVIRONMENT === 'development' && { development: true }),
      ...((engine === 'hive' || engine === 'apollo') && { plans: { ...written?.plans, engine } }),
      subgraphs: withAddresses(written?.subgraphs ?? {}, supergraph, env),
    },
  }
}

function withAddresses(
  written: NonNullable<ConfigInput['subgraphs']>,
  supergraph: string,
  env: Environment,
) {
  const subgraphs = { ...written }
  for (const name of new Set(readSupergraph(supergraph).names.values())) {
    const url = env[addressVariable(name)]
    if (url) subgraphs[name] = { ...subgraphs[name], urls: url.split(',') }
  }
  return subgraphs
}
