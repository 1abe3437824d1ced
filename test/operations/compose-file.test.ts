import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { parse } from 'yaml'
import { listedPorts, root, written } from './written.ts'

interface Service {
  readonly profiles?: readonly string[]
  readonly image: string
  readonly command?: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  readonly ports?: readonly string[]
  readonly healthcheck?: object
  readonly depends_on?: Readonly<Record<string, object>>
}

/** With `${NAME:-value}` as `NAME or value`, since only a shell reads the first. */
const text = written('docker-compose.yml').replaceAll(/\$\{(\w+):-([^}]*)\}/g, '$1 or $2')
const { services } = parse(text, { merge: true }) as {
  services: Record<string, Service>
}
const ofShop = Object.entries(services).filter(([, { profiles }]) => profiles?.includes('shop'))
const listed = listedPorts()

test('the profile shop is every subgraph of supergraph.yaml, the gateway, the files, and the migration', () => {
  const wanted = [...listed.map(([name]) => name), 'files', 'gateway', 'migrate']

  assert.deepEqual(ofShop.map(([name]) => name).toSorted(), wanted.toSorted())
  assert.deepEqual(
    Object.keys(services).filter((name) => !wanted.includes(name)),
    ['postgres', 'redis'],
  )
})

test('each process runs a file that is there', () => {
  for (const [name, { command = [] }] of ofShop) {
    assert.equal(command[0], 'node', name)
    assert.ok(existsSync(path.join(root, command[1] ?? '')), `${name}: ${command[1]}`)
  }
})

for (const [name, port] of listed) {
  test(`${name} is where the gateway asks it, with its own keys and its own tables`, () => {
    const capitals = name.toUpperCase()
    const { environment, command, depends_on: after } = services[name] as Service
    const gateway = services.gateway as Service

    assert.deepEqual(command, ['node', `subgraphs/${name}/index.ts`])
    assert.equal(
      gateway.environment[`SUBGRAPH_${capitals}_URL`],
      `http://${name}:${port}/graphql`,
      `add SUBGRAPH_${capitals}_URL to the gateway in docker-compose.yml`,
    )
    assert.equal(environment.SHOPGRAPH_KEYS, `${capitals}_KEYS or`)
    assert.equal(environment[`${capitals}_DATABASE_URL`], `${capitals}_DATABASE_URL or`)
    assert.equal(environment.HEALTH_URL, `http://127.0.0.1:${port + 1000}/health/ready`)
    assert.ok(after?.migrate && gateway.depends_on?.[name])
  })
}

test('the secret is given to the migration alone', () => {
  const holders = Object.entries(services).filter(([, { environment }]) =>
    JSON.stringify(environment ?? {}).includes('SHOPGRAPH_SECRET'),
  )
  assert.deepEqual(
    holders.map(([name]) => name),
    ['migrate'],
  )
})

test('the gateway and the files are published, and the servers to this machine alone', () => {
  const published = Object.entries(services).flatMap(([name, { ports = [] }]) =>
    ports.map((port) => [name, port]),
  )
  assert.deepEqual(published, [
    ['postgres', '127.0.0.1:POSTGRES_PORT or 5432:5432'],
    ['redis', '127.0.0.1:REDIS_PORT or 6379:6379'],
    ['gateway', 'SHOP_ADDRESS or 127.0.0.1:4000:4000'],
    ['files', 'SHOP_ADDRESS or 127.0.0.1:4001:4001'],
  ])
})

test('every process is watched: by its own check, or by that of the image at its own address', () => {
  for (const [name, { healthcheck, environment }] of Object.entries(services)) {
    assert.ok(healthcheck ?? environment.HEALTH_URL, name)
  }
})
