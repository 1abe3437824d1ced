import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { graph, names } from './world.ts'

/**
 * The four subgraphs, each on a port of its own, in a process of their own. What was asked once is
 * answered from memory, so that what is measured is the gateway. Tells its ports, and ends with its parent.
 */
const { link } = graph()
const ports: Record<string, number> = {}
for (const name of names) {
  const known = new Map<string, Buffer>()
  const server = createServer(async (request, response) => {
    const body = await text(request)
    let answer = known.get(body)
    if (!answer) {
      const { query: document, variables = {}, operationName } = JSON.parse(body)
      const result = await link(name).ask({
        document,
        operationName,
        variables: JSON.stringify(variables),
      })
      answer = Buffer.from(JSON.stringify(result))
      known.set(body, answer)
    }
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': answer.length,
    })
    response.end(answer)
  })
  server.keepAliveTimeout = 60_000
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  ports[name] = (server.address() as AddressInfo).port
}
process.send?.(ports)
process.on('disconnect', () => process.exit())
