import { once } from 'node:events'
import { createServer } from 'node:http'
import { systemClock as clock } from '@shop/kit/clock'
import { folderFiles } from '@shop/kit/files'
import { keysFrom } from '@shop/kit/keys'
import { logFrom } from '@shop/kit/log'
import { localOnce } from '@shop/kit/remember-once'
import { configFrom } from './config.ts'
import { filesHandler } from './server.ts'

const { folder, port, secret } = configFrom(process.env)
const log = logFrom(process.env)
const files = await folderFiles(folder, clock)
const key = keysFrom(secret)('files')
const handler = filesHandler({ files, key, clock, log, once: localOnce(clock) })

// An upload takes a minute at most, so a slow sender holds no place for long.
const server = createServer({ requestTimeout: 60_000, headersTimeout: 10_000 }, handler)
server.maxConnections = 500
server.listen(port, '127.0.0.1')
await once(server, 'listening')
log.info(`files listens on ${JSON.stringify(server.address())}`)

await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')])
server.close()
server.closeIdleConnections()
await once(server, 'close')
log.info('closed')
