import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '@shop/kit/test/free-port'
import { isRequired } from '@shop/kit/testing'

/** As `deploy/README.md` says it: what a client sent in `X-Forwarded-For` stays, to the left of its own address. */
const settingsFor = (folder: string, port: number, behind: string) => `
  daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/log;
  events {}
  http {
    access_log off;
    client_body_temp_path ${folder}; proxy_temp_path ${folder}; fastcgi_temp_path ${folder};
    uwsgi_temp_path ${folder}; scgi_temp_path ${folder};
    server {
      listen 127.0.0.1:${port};
      location / {
        proxy_pass ${behind};
        proxy_http_version 1.1;
        proxy_set_header Host $http_host;
        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
        proxy_set_header Upgrade $http_upgrade;
        proxy_set_header Connection $http_connection;
      }
    }
  }`

/** An nginx in front of this address; null where the machine has none and need not. */
export async function nginxBefore(t: TestContext, url: string) {
  if (spawnSync('nginx', ['-v']).status !== 0) {
    if (isRequired('nginx')) throw new Error('SHOP_REQUIRE names nginx, and there is none.')
    t.diagnostic('left out: there is no nginx on the PATH')
    return null
  }
  const folder = await mkdtemp(path.join(tmpdir(), 'nginx-'))
  const port = await freePort()
  const file = path.join(folder, 'nginx.conf')
  await writeFile(file, settingsFor(folder, port, new URL(url).origin))
  const child = spawn('nginx', ['-p', folder, '-c', file], { stdio: 'inherit' })
  const ended = once(child, 'exit')
  while (!(await isListening(port))) await sleep(20)
  return {
    url: `http://127.0.0.1:${port}${new URL(url).pathname}`,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM')
      await ended
      await rm(folder, { recursive: true })
    },
  }
}

async function isListening(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}
