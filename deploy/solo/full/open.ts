import { readFileSync } from 'node:fs'
import path from 'node:path'
import { addressVariable } from '@shop/gateway/config'
import { systemClock } from '@shop/kit/clock'
import { httpLink } from '@shop/kit/link'
import { logFrom } from '@shop/kit/log'
import { root } from '@shop/state/folder'
import { hold } from '@shop/state/hold'
import { portsFor, type WantedPort } from '@shop/state/port'
import { parse } from 'yaml'
import { tellFirstAdmin } from '../admin.ts'
import { fillDemo } from '../demo.ts'
import type { Options } from '../options.ts'
import { type Outside, openOutside } from '../outside.ts'
import { demoPeople } from '../people.ts'
import type { Shop } from '../shop.ts'
import { openStorage, type Storage, step } from '../storage.ts'
import { stripePastOf } from '../stripe.ts'
import { openings } from '../subgraphs.ts'
import { keysOf } from './keys.ts'
import { keepRunning, type Program, type Running } from './processes.ts'
import { openRedis } from './redis.ts'

/** The whole shop, each part in a process of its own, beside PostgreSQL and Redis. */
export async function openFull(options: Options): Promise<Shop> {
  await using opening = new AsyncDisposableStack()
  opening.use(await hold(options.state))
  const held = opening.use(await portsFor(usualPorts(), options.env, step))
  const ports = held.of
  const storage = opening.use(await openStorage(options))
  const { keys, addresses } = storage
  const log = logFrom({ LOG_LEVEL: 'warn', ...options.env })
  const needs = { keys, log, clock: systemClock }
  await fillDemo({ ...options, ...storage, stripePast: stripePastOf({ options }) }, needs)
  const adminPassword = await tellFirstAdmin(addresses, needs)
  const redis = opening.use(await openRedis(options))
  await held.letGo(...Object.keys(ports))
  const outside = opening.use(await openOutside({ options, keys, ports }))
  const programs = programsOf({ options, storage, redis: redis.url, ports, outside })
  const running = programs.map((program) => keepRunning(program))
  opening.defer(() => closed(running))
  await Promise.all(running.map((each) => each.untilReady()))
  const opened = opening.move()
  return {
    addresses,
    adminPassword,
    reach: (name) =>
      httpLink({ url: `http://127.0.0.1:${ports[name]}/graphql`, audience: name, keys }),
    url: `http://127.0.0.1:${ports.gateway}/graphql`,
    places: [
      ['GraphQL', `http://127.0.0.1:${ports.gateway}/graphql`],
      ['Playground', `http://127.0.0.1:${ports.gateway}/playground`],
      ['PostgreSQL', `127.0.0.1:${storage.port}`],
      ['Redis', redis.url],
      ...outside.places,
      ...running.map(({ program, pid }): [string, string] => [
        program.name,
        `process ${pid()}, ${program.ready}`,
      ]),
    ],
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

/** The gateway first, which finishes what it has taken; then the others, which wait for nobody. */
async function closed(running: readonly Running[]): Promise<void> {
  await running.at(-1)?.[Symbol.asyncDispose]()
  await Promise.all(running.map((each) => each[Symbol.asyncDispose]()))
}

type Ports = Record<string, number>

/** Of every listener; a subgraph's admin port is its own and a thousand more. */
function usualPorts(): Record<string, WantedPort> {
  const { subgraphs } = parse(readFileSync(path.join(root, 'supergraph.yaml'), 'utf8'))
  const listed = openings.map(({ name }): [string, WantedPort] => [
    name,
    [`${name.toUpperCase()}_PORT`, portIn(subgraphs[name].routing_url)],
  ])
  return {
    ...Object.fromEntries(listed),
    gateway: ['GATEWAY_PORT', 4000],
    files: ['FILES_PORT', 4001],
    admin: ['GATEWAY_ADMIN_PORT', 4009],
    stripe: ['STRIPE_DOUBLE_PORT', 4242],
    smtp: ['SMTP_DOUBLE_PORT', 1025],
    mail: ['MAIL_DOUBLE_PORT', 8025],
    asks: ['GATEWAY_ASKS_PORT', 4010],
  }
}

const portIn = (url: string) => Number(new URL(url).port)

interface Parts {
  options: Options
  storage: Storage
  redis: string
  ports: Ports
  outside: Outside
}

function programsOf({ options, storage, redis, ports, outside }: Parts): Program[] {
  const names = openings.map(({ name }) => name)
  const environment = options.isDevelopment ? 'development' : 'production'
  const shared = {
    REDIS_URL: redis,
    ENVIRONMENT: environment,
    GATEWAY_ASKS_URL: `http://127.0.0.1:${ports.asks}/graphql`,
    FILES_URL: `http://127.0.0.1:${ports.files}`,
    FILES_FOLDER: path.join(options.state, 'files'),
  }
  const { GATEWAY_OPERATIONS_FOLDER: lists } = options.env
  const keysFor = (name: string) => keysOf(name, names, storage.keys)
  const subgraphs = names.map((name): Program => {
    const port = ports[name] ?? 0
    const capitals = name.toUpperCase()
    return {
      name,
      file: `subgraphs/${name}/index.ts`,
      env: {
        ...shared,
        ...outside.env[name],
        SHOPGRAPH_KEYS: keysFor(name),
        [`${capitals}_PORT`]: String(port),
        [`${capitals}_DATABASE_URL`]: storage.addresses[`${capitals}_DATABASE_URL`] ?? '',
      },
      ready: `http://127.0.0.1:${port + 1000}/health/ready`,
    }
  })
  const addresses = names.map((name) => [
    addressVariable(name),
    `http://127.0.0.1:${ports[name]}/graphql`,
  ])
  const gateway: Program = {
    name: 'gateway',
    file: 'gateway/index.ts',
    env: {
      ...shared,
      ...Object.fromEntries(addresses),
      SHOPGRAPH_KEYS: keysFor('gateway'),
      GATEWAY_PORT: String(ports.gateway),
      GATEWAY_ADMIN_PORT: String(ports.admin),
      GATEWAY_ASKS_PORT: String(ports.asks),
      ...(lists && { GATEWAY_OPERATIONS_FOLDER: lists }),
      ALLOWED_HOSTS: options.env.ALLOWED_HOSTS ?? '',
      ALLOWED_ORIGINS: options.env.ALLOWED_ORIGINS ?? '',
      TRUSTED_PROXIES: options.proxies.join(),
      GATEWAY_DEMO_PEOPLE: JSON.stringify(demoPeople(options)),
    },
    ready: `http://127.0.0.1:${ports.admin}/health/ready`,
  }
  const files: Program = {
    name: 'files',
    file: 'deploy/solo/full/files.ts',
    env: { ...shared, SHOPGRAPH_KEYS: keysFor('files'), FILES_PORT: String(ports.files) },
    ready: `http://127.0.0.1:${ports.files}/health`,
  }
  return [...subgraphs, files, gateway].map((program) => byHand(program, options.env))
}

const isAddress = /^(SUBGRAPH_.*_URL|.*_DATABASE_URL|GATEWAY_ASKS_URL)$/

/**
 * An address that was set by hand is taken, so that something may stand between two parts; Redis, which
 * all of them use, is set for one of them by its name: `ORDERS_REDIS_URL`.
 */
function byHand(program: Program, env: NodeJS.ProcessEnv): Program {
  const set = Object.keys(program.env).filter((name) => isAddress.test(name) && env[name])
  const given = Object.fromEntries(set.map((name) => [name, env[name] ?? '']))
  const redis = env[`${program.name.toUpperCase()}_REDIS_URL`]
  return { ...program, env: { ...program.env, ...given, ...(redis && { REDIS_URL: redis }) } }
}
