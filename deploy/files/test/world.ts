import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { linksOf } from '@shop/kit/file-links'
import { folderFiles } from '@shop/kit/files'
import { keysFrom } from '@shop/kit/keys'
import { logOf } from '@shop/kit/log'
import { localOnce, type RememberOnce } from '@shop/kit/remember-once'
import { filesHandler } from '../server.ts'

export const minute = 60_000
export const noon = Date.parse('2026-03-01T12:00:00Z')

export async function served(given?: RememberOnce) {
  const folder = await mkdtemp(path.join(tmpdir(), 'files-'))
  const clock = { ms: noon, now: () => new Date(clock.ms) }
  const key = keysFrom('test')('files')
  const files = await folderFiles(folder, clock)
  const remember = given ?? localOnce(clock)
  const log = logOf({ level: 'silent' })
  const server = createServer(filesHandler({ files, key, clock, log, once: remember }))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  const ask = async (at: string, init: RequestInit = {}) => {
    const response = await fetch(`http://127.0.0.1:${port}${at}`, init)
    const { status, headers } = response
    const body = await response.text()
    return { status, body, headers, code: status < 400 ? '' : JSON.parse(body || '{}').code }
  }
  return {
    files,
    clock,
    port,
    ask,
    links: linksOf(key, clock),
    upload: (link: string, body: string, type = 'text/csv') =>
      ask(link, { method: 'PUT', body, headers: { 'content-type': type } }),
    received: () => readdir(path.join(folder, 'incoming')),
    async [Symbol.asyncDispose]() {
      server.close()
      server.closeAllConnections()
      await rm(folder, { recursive: true })
    },
  }
}

export async function* bytes(content: string) {
  yield Buffer.from(content)
}

export const csv = { type: 'text/csv', mostBytes: 100 }
export const uploadTo = (key: string) => ({ key, ttlMs: minute, ...csv })
