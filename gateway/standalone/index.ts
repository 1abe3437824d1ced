import { once } from 'node:events'
import { openRouter } from '../router.ts'
import { watch } from '../supergraph/watch.ts'
import { askedBy } from './arguments.ts'
import { openReference } from './reference.ts'

const onFault = (error: unknown) => {
  const said = error instanceof Error ? (error.stack ?? error.message) : String(error)
  process.stderr.write(`${JSON.stringify({ level: 'error', said })}\n`)
}

const { file, supergraph, config, isReference } = askedBy(process.argv.slice(2), process.env)
await using open = new AsyncDisposableStack()
const router = open.use(
  isReference
    ? await openReference(supergraph, config)
    : await openRouter({ supergraph, config, onFault }),
)
if ('life' in router) open.use(watch({ file, supergraph, life: router.life, onFault }))
process.stdout.write(`The router listens at ${router.url}\n`)
await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')])
