import path from 'node:path'
import { configReader } from '@shop/kit/config'
import { keysGiven } from '@shop/kit/keys'
import { z } from 'zod'
import { proxyList } from '../config.ts'

const port = (usual: number) => z.coerce.number().int().min(0).max(65_535).default(usual)

/** Where `operations:publish` puts lists unless it is told where. */
export const operationsFolder = path.resolve(import.meta.dirname, '../lists')

/** Of names of hosts, origins, or addresses, separated by commas. */
export const namesIn = (text = ''): string[] =>
  text.split(',').flatMap((each) => each.trim().toLowerCase() || [])

/** Throws what is wrong with the first that is none. */
export function proxiesIn(text?: string): string[] {
  const { success, data, error } = proxyList.safeParse(namesIn(text))
  if (!success) throw new Error(`TRUSTED_PROXIES: ${error.issues[0]?.message}`)
  return data
}

const listed = z.string().default('').transform(namesIn)

const person = z.object({
  name: z.string(),
  role: z.string(),
  email: z.string(),
  password: z.string(),
})

/** Of a gateway in a process of its own. */
export const configFrom = configReader(
  z
    .object({
      LISTEN_HOST: z.string().default('127.0.0.1'),
      GATEWAY_PORT: port(4000),
      GATEWAY_ADMIN_PORT: port(4009),
      GATEWAY_ASKS_PORT: port(4010),
      ENVIRONMENT: z.string().default('production'),
      REDIS_URL: z.url().optional(),
      GATEWAY_OPERATIONS_FOLDER: z.string().default(operationsFolder),
      FILES_FOLDER: z.string().default('.data/files'),
      SUPERGRAPH_FILE: z
        .string()
        .default(new URL('../supergraph.graphql', import.meta.url).pathname),
      ALLOWED_HOSTS: listed,
      ALLOWED_ORIGINS: listed,
      TRUSTED_PROXIES: listed.pipe(proxyList),
      GATEWAY_DEMO_PEOPLE: z.string().default('[]'),
      SHOPGRAPH_KEYS: z.string(),
    })
    .transform((env) => ({
      host: env.LISTEN_HOST,
      port: env.GATEWAY_PORT,
      adminPort: env.GATEWAY_ADMIN_PORT,
      asksPort: env.GATEWAY_ASKS_PORT,
      isDevelopment: env.ENVIRONMENT === 'development',
      redis: env.REDIS_URL,
      filesFolder: env.FILES_FOLDER,
      lists: env.GATEWAY_OPERATIONS_FOLDER,
      supergraphFile: env.SUPERGRAPH_FILE,
      hosts: env.ALLOWED_HOSTS,
      origins: env.ALLOWED_ORIGINS,
      proxies: env.TRUSTED_PROXIES,
      people: z.array(person).parse(JSON.parse(env.GATEWAY_DEMO_PEOPLE)),
      keys: keysGiven(z.record(z.string(), z.string()).parse(JSON.parse(env.SHOPGRAPH_KEYS))),
    })),
)
