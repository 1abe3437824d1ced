import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { z } from 'zod'
import { type Fates, script } from './fates.ts'
import type { Mailbox } from './mailbox.ts'
import { framed, listPage, mailPage } from './pages.ts'

interface Needs {
  readonly mailbox: Mailbox
  readonly fates: Fates
}

interface Answer {
  readonly status?: number
  readonly html?: string
  readonly json?: unknown
  readonly policy?: string
}

const ours = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'none'"
/** Of a mail's own HTML, wherever it is opened. */
const theirs =
  "default-src 'none'; style-src 'unsafe-inline'; img-src http: https: data:; sandbox allow-popups allow-popups-to-escape-sandbox"

/**
 * Pages for people; for tests `GET /messages.json` and `/counts.json`, `DELETE /messages.json`, and
 * `PUT /script`, which says what becomes of the next mails.
 */
export function mailServer({ mailbox, fates }: Needs): RequestListener {
  async function answer(request: IncomingMessage): Promise<Answer> {
    if (!isHere(request)) return { status: 403 }
    const [path = ''] = (request.url ?? '').split('?')
    const asked = `${request.method} ${path}`
    switch (asked) {
      case 'GET /':
        return { html: listPage(mailbox.mails), policy: ours }
      case 'GET /messages.json':
        return { json: mailbox.mails }
      case 'GET /counts.json':
        return { json: mailbox.counts }
      case 'DELETE /messages.json':
        mailbox.empty()
        return { status: 204 }
      case 'PUT /script':
        return follow(request)
      default:
        return mail(asked)
    }
  }

  async function follow(request: IncomingMessage): Promise<Answer> {
    const wanted = script.safeParse(await jsonOf(request))
    if (!wanted.success) return { status: 400, json: { error: z.prettifyError(wanted.error) } }
    fates.follow(wanted.data)
    return { status: 204 }
  }

  function mail(asked: string): Answer {
    const [, id = '', html] = /^GET \/messages\/([\da-f-]{36})(\/html)?$/.exec(asked) ?? []
    const found = mailbox.withId(id)
    if (!found) return { status: 404 }
    return html ? { html: framed(found), policy: theirs } : { html: mailPage(found), policy: ours }
  }

  return (request, response) => {
    answer(request).then(
      (told) => give(response, told),
      () => give(response, { status: 400 }),
    )
  }
}

/** Not by a name that somebody else has pointed at this machine. */
const isHere = ({ headers: { host = '' } }: IncomingMessage) =>
  /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host)

function give(response: ServerResponse, { status = 200, html, json, policy }: Answer): void {
  const type = html === undefined ? 'application/json' : 'text/html'
  response.writeHead(status, {
    'content-type': `${type}; charset=utf-8`,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    ...(policy && { 'content-security-policy': policy }),
  })
  response.end(html ?? (json === undefined ? '' : JSON.stringify(json)))
}

async function jsonOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const bytes = Buffer.concat(chunks)
  if (bytes.length > 2 ** 20) throw new Error('Too much.')
  return JSON.parse(bytes.toString()) as unknown
}
