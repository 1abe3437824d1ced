// Behind every npm script: sets up what is missing, switches to Node 24, and runs the TypeScript.
// It is plain JavaScript for Node 20, because it has to run before anything is installed.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const pnpm = 'pnpm@12.18.0'
const stamp = 'node_modules/.installed'
const atWork = 'node_modules/.installing'
// Answers are built and forgotten by the megabyte: a larger nursery is collected less often.
const nursery = '--max-semi-space-size=32'

/** A registry that does not answer is told within half a minute, and `npm --silent` hides no reason. */
const forInstalling = {
  // Of production pnpm would leave out what checks and tests are done with.
  NODE_ENV: 'development',
  ONNXRUNTIME_NODE_INSTALL: 'skip',
  npm_config_fetch_retry_maxtimeout: '10000',
  ...(process.env.npm_config_loglevel === 'silent' && { npm_config_loglevel: 'error' }),
}

const notInstalled =
  'The packages could not be installed; the reason is above. Is the registry reachable (npm ping), and has the disk room? The next run goes on.'

/** The name of a script in package.json, and the program behind it. */
const programs = {
  backup: ['deploy/solo/backup.ts'],
  bench: ['test/bench/run.ts'],
  check: ['deploy/check/index.ts'],
  codegen: ['deploy/check/codegen.ts'],
  compose: ['gateway/compose.ts'],
  crash: ['test/crash/run.ts'],
  'create-admin': ['deploy/solo/create-admin.ts'],
  createsuperuser: ['deploy/solo/create-admin.ts'],
  drain: ['test/drain/run.ts'],
  dev: [nursery, '--watch', 'deploy/solo/index.ts'],
  'export:catalog': ['deploy/solo/feeds/export-catalog.ts'],
  events: ['test/events/run.ts'],
  format: ['deploy/check/format.ts'],
  fuzz: ['test/fuzz/run.ts'],
  difference: ['test/fuzz/difference.ts'],
  'import:catalog': ['deploy/solo/feeds/import-catalog.ts'],
  keys: ['deploy/solo/full/hand-out.ts'],
  migrate: ['deploy/solo/full/migrate.ts'],
  journey: ['deploy/check/test-only.ts', 'test/journey/*.test.ts'],
  'models:bench': ['deploy/models/index.ts', 'bench'],
  'models:build': ['deploy/models/index.ts', 'build'],
  'models:judge': ['deploy/models/index.ts', 'judge'],
  'models:pull': ['deploy/models/index.ts', 'pull'],
  'models:train': ['deploy/models/index.ts', 'train'],
  'operations:publish': ['gateway/publish.ts'],
  partition: ['test/partition/run.ts'],
  picture: ['deploy/check/draw.ts'],
  race: ['test/race/run.ts'],
  restore: ['deploy/solo/restore.ts'],
  router: [nursery, 'gateway/standalone/index.ts'],
  'schema:check': ['gateway/schema-check/index.ts'],
  starve: ['test/starve/run.ts'],
  soak: ['test/soak/run.ts'],
  start: [nursery, 'deploy/solo/index.ts'],
  trace: ['test/trace/run.ts'],
  timing: ['test/bench/run.ts', 'timing'],
  test: ['deploy/check/index.ts'],
  'judge:stripe': ['test/judges/stripe.ts'],
  webhooks: ['test/webhooks/run.ts'],
  'test:only': ['deploy/check/test-only.ts'],
}

const [command = '', ...rest] = process.argv.slice(2)
const program = programs[command]
if (!program)
  fail(`There is no command "${command}". There are: ${Object.keys(programs).join(' ')}`)
if (process.platform !== 'linux') fail('Shopgraph runs on Linux, on x64 or arm64.')

process.chdir(root)
const wanted = whatIsInstalled()
if (!isInstalled()) await anothersInstallation()
if (!isInstalled()) await install()
run([...program, ...rest])

function isInstalled() {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted
}

/** Two at once would write over each other; one whose launcher was killed is still at work. */
async function anothersInstallation() {
  const isAtWork = () => existsSync(atWork) && isInstalling(readFileSync(atWork, 'utf8'))
  if (!isAtWork()) return
  process.stderr.write('Setting up: waiting for an installation that is at work already\n')
  while (isAtWork()) await setTimeout(200)
  // Its launcher writes the stamp a moment later.
  for (let waited = 0; waited < 1000 && !isInstalled(); waited += 100) await setTimeout(100)
}

/** What has the number of one that was killed may be another program by now, or nothing that runs. */
function isInstalling(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('pnpm@')
  } catch {
    return false
  }
}

/** Changes when the lock file, a manifest, a patch or the folder does. */
function whatIsInstalled() {
  const folders = [
    'gateway',
    'test',
    'deploy/solo/doubles',
    ...childrenOf('subgraphs'),
    ...childrenOf('deploy'),
  ]
  const manifests = folders.map((folder) => `${folder}/package.json`).filter(existsSync)
  const files = ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json', ...manifests]
  const hash = createHash('sha256').update(root)
  for (const file of [...files, ...childrenOf('deploy/patches')]) hash.update(readFileSync(file))
  return hash.digest('hex')
}

function childrenOf(folder) {
  return readdirSync(folder).map((name) => `${folder}/${name}`)
}

/** The stamp is written last, so an installation that was killed is done again. */
async function install() {
  const began = Date.now()
  process.stderr.write('Setting up: installing packages, about half a minute the first time\n')
  rmSync(stamp, { force: true })
  const child = spawn('npx', ['-y', pnpm, 'install', '--frozen-lockfile'], {
    stdio: ['ignore', 2, 2],
    env: { ...process.env, ...forInstalling },
  })
  child.on('error', ({ message }) =>
    fail(`npx could not be started (${message}). npm 10 or later is needed.`),
  )
  note(atWork, child.pid)
  const [status] = await once(child, 'exit')
  if (status !== 0) fail(notInstalled)
  note(stamp, wanted)
  process.stderr.write(`Setting up: packages are there, ${seconds(began)} s\n`)
}

function note(file, text) {
  try {
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, String(text))
  } catch (fault) {
    fail(
      `${path.resolve(file)} cannot be written (${fault.code}). The clone has to be yours, on a disk with room.`,
    )
  }
}

function run(words) {
  const node = nodeBinary()
  const child = spawn(node, words, {
    stdio: 'inherit',
    env: {
      ...process.env,
      APOLLO_TELEMETRY_DISABLED: 'true',
      // Without it graphql-js looks for a second copy of itself at every type it meets.
      NODE_ENV: process.env.NODE_ENV ?? 'production',
      PATH: `${path.join(root, 'node_modules/.bin')}:${process.env.PATH ?? ''}`,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? path.join(root, '.data/v8cache'),
    },
  })
  // A terminal sends Ctrl-C to the child as well; what comes to this process alone is passed on.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => (signal === 'SIGINT' && process.stdin.isTTY) || child.kill(signal))
  }
  // npm killed, or hung up on by its terminal, says nothing: without it nobody could close the shop.
  const npm = process.ppid
  const isLeft = () => process.env.npm_lifecycle_event && process.ppid !== npm
  setInterval(() => isLeft() && child.kill('SIGTERM'), 500).unref()
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)))
}

function nodeBinary() {
  const shipped = path.join(root, 'node_modules', `node-linux-${process.arch}`, 'bin/node')
  if (existsSync(shipped)) return shipped
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  return fail(`No Node 24 for ${process.arch} was installed, and this is ${process.version}.`)
}

function seconds(began) {
  return Math.round((Date.now() - began) / 1000)
}

function fail(message) {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}
