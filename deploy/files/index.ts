import { createServer } from 'node:http'
import { healthOf } from '@shop/kit/admin'
import { systemClock as clock } from '@shop/kit/clock'
import { folderFiles } from '@shop/kit/files'
import { listening, toldToEnd } from '@shop/kit/listening'
import { logFrom } from '@shop/kit/log'
import { localOnce } from '@shop/kit/remember-once'
import { configFrom } from './config.ts'
import { filesHandler } from './server.ts'

const { folder, address, key } = configFrom(process.env)
const log = logFrom(process.env)
const files = await folderFiles(folder, clock)
const handler = filesHandler({ files, key, clock, log, once: localOnce(clock) })

// An upload takes a minute at most, so a slow sender holds no place for long.
const server = createServer(
  { requestTimeout: 60_000, headersTimeout: 10_000 },
  async (request, response) => {
    const health = await healthOf(request.url ?? '', async () => true)
    if (!health) return handler(request, response)
    return response.writeHead(health.status).end(JSON.stringify(health.body))
  },
)
server.maxConnections = 500
await using _ = await listening(server, address)
log.info(`files listens on ${JSON.stringify(server.address())}`)
await toldToEnd()
