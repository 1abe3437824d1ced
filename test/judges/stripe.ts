import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, request as send } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { stateFolder } from '@shop/state/folder'
import { freePort } from '@shop/state/port'
import { runTests } from '../../deploy/check/tests.ts'
import { elsewhere } from './elsewhere.ts'

/**
 * `npm run judge:stripe -- <folder>`: payments' tests, and a sale, with a judge between SDK and double, which
 * holds all that is said against Stripe's own specification. The judge's folder is copied into the
 * state folder, and what it needs is installed there. Or `-- --at <address>`: what payments comes to
 * at another that speaks Stripe's HTTP, as stripe-mock and localstripe do.
 */
const all = ['subgraphs/payments/test/*.test.ts', 'test/journey/sale.test.ts']
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    tests: { type: 'string', multiple: true, default: all },
    at: { type: 'string' },
  },
})
const [source] = positionals
if (!source && !values.at) {
  throw new Error('Say where the judge is: npm run judge:stripe -- <folder>')
}

const mock = 'github.com/stripe/stripe-mock@v0.203.0'
const folder = path.join(stateFolder(process.env.SHOP_STATE_DIR), 'cache/stripe-judge')

async function run(command: string, words: readonly string[], env = {}): Promise<void> {
  const stdio = ['ignore', 'ignore', 'inherit'] as const
  const child = spawn(command, words, {
    cwd: folder,
    stdio: [...stdio],
    env: { ...process.env, ...env },
  })
  const [status] = await once(child, 'exit')
  if (status !== 0) throw new Error(`${command} ${words.join(' ')} failed.`)
}

async function prepare(from: string): Promise<void> {
  mkdirSync(folder, { recursive: true })
  cpSync(from, folder, { recursive: true })
  if (!existsSync(path.join(folder, 'node_modules'))) await run('npm', ['install', '--silent'])
  if (!existsSync(path.join(folder, 'stripe-mock')))
    await run('go', ['install', mock], { GOBIN: folder })
}

/** Each test has a double of its own; the key says which port it is at. */
async function openBroker() {
  const server = createServer((request, response) => {
    const port = /sk_test_(\d+)/.exec(request.headers.authorization ?? '')?.[1] ?? '0'
    const onward = { host: '127.0.0.1', port, path: request.url, method: request.method }
    const passed = send({ ...onward, headers: request.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    passed.on('error', () => response.destroy())
    request.pipe(passed)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() }
}

async function openJudge(double: string, report: string) {
  const port = await freePort(12_300)
  const words = ['judge.mjs', '--double', double, '--port', String(port), '--report', report]
  const child = spawn(process.execPath, [...words, '--mock', path.join(folder, 'stripe-mock')], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(child.stdout, 'data')
  return { child, url: `http://127.0.0.1:${port}` }
}

/** Tells the judge that it is over, and takes what it says. */
async function verdict(child: ChildProcess): Promise<string> {
  let said = ''
  child.stdout?.on('data', (chunk) => {
    said += String(chunk)
  })
  child.kill('SIGTERM')
  await once(child, 'exit')
  return said
}

interface Finding {
  readonly kind: string
  readonly where: string
  readonly what: string
}

function findingsIn(report: string): Finding[] {
  const lines = readFileSync(report, 'utf8').split('\n').filter(Boolean)
  return lines.map((line) => JSON.parse(line) as Finding)
}

if (values.at) await elsewhere(values.at, (line) => process.stdout.write(`${line}\n`))
else await held(source ?? '')

async function held(from: string): Promise<void> {
  await prepare(path.resolve(from))
  const broker = await openBroker()
  const report = path.join(folder, 'report.jsonl')
  writeFileSync(report, '')
  const { child, url } = await openJudge(broker.url, report)
  process.env.STRIPE_JUDGE = url
  const status = await runTests(values.tests)
  process.stdout.write(await verdict(child))
  broker.close()

  // What the step from the specification's version to the SDK's has changed, and no more.
  const allowed = readFileSync(path.join(import.meta.dirname, 'stripe-versions.txt'), 'utf8')
  const known = allowed.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  const others = findingsIn(report).filter(({ what }) => !known.some((end) => what.endsWith(end)))
  process.stdout.write(`${others.length} findings that no version explains\n`)
  process.exitCode = status !== 0 || others.length > 0 ? 1 : 0
}
