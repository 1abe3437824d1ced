import { systemClock as clock } from '@shop/kit/clock'
import { folderFiles } from '@shop/kit/files'
import { listening, toldToEnd } from '@shop/kit/listening'
import { logFrom } from '@shop/kit/log'
import { localOnce } from '@shop/kit/remember-once'
import { configFrom } from './config.ts'
import { filesServer } from './listener.ts'
import { filesHandler } from './server.ts'

const { folder, address, key } = configFrom(process.env)
const log = logFrom(process.env)
const files = await folderFiles(folder, clock)
const handler = filesHandler({ files, key, clock, log, once: localOnce(clock) })

const server = filesServer(handler)
await using _ = await listening(server, address)
log.info(`files listens on ${JSON.stringify(server.address())}`)
await toldToEnd()
