import { filesServer } from '@shop/files/listener'
import { systemClock as clock } from '@shop/kit/clock'
import { keysGiven } from '@shop/kit/keys'
import { listening, toldToEnd } from '@shop/kit/listening'
import { logFrom } from '@shop/kit/log'
import { openFiles } from '../pictures.ts'

/** The file server in a process of its own, with the demo shop's pictures. */
const { FILES_FOLDER: folder = '', FILES_PORT, LISTEN_HOST: host = '127.0.0.1' } = process.env
const keys = keysGiven(JSON.parse(process.env.SHOPGRAPH_KEYS ?? '{}'))
const log = logFrom(process.env).with({ subgraph: 'files' })
await using files = await openFiles({ folder, keys, clock, log })

const server = filesServer(files.handler)
await using _ = await listening(server, { host, port: Number(FILES_PORT) })
log.info(`files listens on ${FILES_PORT}`)
await toldToEnd()
