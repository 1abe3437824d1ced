import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { usualShedding } from '@shop/gateway/shed/step'
import { metricsIn as metricsOfGateway } from '@shop/gateway/shop/metrics'
import { adminServer } from '@shop/kit/admin'
import { watchBacklog } from '@shop/kit/backlog'
import { telemetryFrom } from '@shop/kit/telemetry'
import { isRequired } from '@shop/kit/testing'
import { parse } from 'yaml'
import { listedPorts, root } from './written.ts'

const folder = path.join(root, 'monitoring')
const read = (file: string) => readFileSync(path.join(folder, file), 'utf8')
const promtool = (...words: string[]) =>
  spawnSync('promtool', words, { cwd: folder, encoding: 'utf8' })

interface Rule {
  readonly record?: string
  readonly alert?: string
  readonly expr: string
  readonly annotations?: { readonly runbook: string }
}

const rulesIn = (file: string): Rule[] =>
  parse(read(file)).groups.flatMap(({ rules }: { rules: Rule[] }) => rules)
const rules = [...rulesIn('rules/recording.yml'), ...rulesIn('rules/alerts.yml')]
const alerts = rules.flatMap(({ alert }) => alert ?? [])

test('Prometheus takes the configuration and the rules, and the rules do what their tests say', (t) => {
  const isHere = promtool('--version').status === 0
  if (!isHere && !isRequired('promtool')) {
    t.diagnostic('left out: there is no promtool on the PATH')
    return
  }
  const tests = readdirSync(path.join(folder, 'rules')).filter((name) => name.includes('.test.'))
  const runs = [
    promtool('check', 'config', 'prometheus.yml'),
    promtool('check', 'rules', 'rules/recording.yml', 'rules/alerts.yml'),
    promtool('test', 'rules', ...tests.map((name) => `rules/${name}`)),
  ]

  for (const { status, stdout, stderr } of runs) assert.equal(status, 0, `${stdout}${stderr}`)
})

test('every process is scraped at its admin port', () => {
  const targets = parse(read('prometheus.yml')).scrape_configs.flatMap(
    ({ static_configs: all }: { static_configs: { targets: string[]; labels: object }[] }) =>
      all.map(({ targets: [target], labels }) => ({ target, ...labels })),
  )

  const wanted = [['gateway', 4009], ...listedPorts().map(([name, port]) => [name, port + 1000])]
  assert.deepEqual(
    targets,
    wanted.map(([name, port]) => ({ target: `${name}:${port}`, process: name })),
  )
})

test('every alert has its page, and every page its alert', () => {
  const pages = readdirSync(path.join(folder, 'runbooks')).map((name) => path.basename(name, '.md'))
  assert.deepEqual(pages.toSorted(), alerts.toSorted())
  for (const { alert, annotations } of rulesIn('rules/alerts.yml')) {
    assert.equal(annotations?.runbook, `monitoring/runbooks/${alert}.md`)
  }
})

test('rules and dashboard name no metric that nobody tells', async () => {
  const told = await metricsTold()
  const recorded = rules.flatMap(({ record }) => record ?? [])
  const known = new Set([...told, ...recorded, 'up', 'ALERTS'])
  const dashboard = parse(read('grafana/shop.json')) as { panels: { targets?: Rule[] }[] }
  const drawn = dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr))
  const asked = [...rules.map(({ expr }) => expr), ...drawn].flatMap(metricsIn)

  assert.deepEqual([...new Set(asked)].filter((name) => !known.has(name)).toSorted(), [])
  assert.ok(drawn.length > 5)
})

/** All that a process with a subgraph exposes: kit's own, and the defaults of prom-client. */
async function metricsTold(): Promise<string[]> {
  await using telemetry = await telemetryFrom({}, 'test')
  const db = { as: () => Promise.reject(new Error('There is no database here.')) }
  using _ = watchBacklog(telemetry, 'test', { db, service: {} } as never)
  adminServer({ ready: async () => true, telemetry })
  using __ = metricsOfGateway(telemetry, usualShedding())
  const { text } = await telemetry.exposition()
  return [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].flatMap(([, name, type]) =>
    type === 'histogram' ? ['bucket', 'sum', 'count'].map((each) => `${name}_${each}`) : `${name}`,
  )
}

/** The names in an expression that are neither functions, nor operators, nor labels. */
function metricsIn(expr: string): string[] {
  const bare = expr
    .replace(/\{[^}]*\}|\[[^\]]*\]/g, '')
    .replace(/\b(by|on|without|ignoring)\s*\([^)]*\)/g, '')
  const names = [...bare.matchAll(/[a-zA-Z_:][\w:]*(?!\s*\(|[\w:])/g)].map(([name]) => name)
  return names.filter((name) => !/^(and|or|unless|bool|by|sum|max|min|inf|nan)$/i.test(name))
}
