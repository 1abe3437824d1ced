import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Log } from '@shop/kit/log'
import { type DemoPerson, playground } from '../playground/playground.ts'
import type { Asks } from './asks.ts'
import { usualCosts } from './guards.ts'
import { publishedKeys } from './published-keys.ts'
import { webhooksTo } from './webhooks.ts'

type Page = (request: IncomingMessage, response: ServerResponse) => void

interface Needs {
  readonly isDevelopment: boolean
  readonly people?: readonly DemoPerson[]
  readonly log: Log
}

/** What stands at a path beside `/graphql`; nothing where nothing does. */
export function pagesOf(asks: Asks, { isDevelopment, people = [], log }: Needs) {
  const graphiql = playground({
    endpoint: '/graphql',
    isSeeing: isDevelopment,
    costs: usualCosts,
    people: isDevelopment ? people : [],
  })
  const pages: Readonly<Record<string, Page>> = {
    '/': (_, response) => response.writeHead(302, { location: '/playground' }).end(),
    '/playground': graphiql,
    '/.well-known/jwks.json': keysPage(asks),
  }
  const below: Readonly<Record<string, Page>> = {
    '/playground/': graphiql,
    '/webhooks/': webhooksTo(asks, (fault) => log.error('a webhook failed', fault)),
  }
  return ({ url = '' }: IncomingMessage): Page | undefined => {
    const path = url.split('?')[0] ?? ''
    return pages[path] ?? Object.entries(below).find(([root]) => path.startsWith(root))?.[1]
  }
}

function keysPage(asks: Asks): Page {
  return (_, response) => {
    const send = (status: number, body: object) =>
      response
        .writeHead(status, { 'content-type': 'application/json', 'cache-control': 'max-age=300' })
        .end(JSON.stringify(body))
    publishedKeys(asks).then(
      (keys) => send(200, keys),
      () => send(503, { errors: [{ message: 'The keys are not to be had now.' }] }),
    )
  }
}
