import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Asked } from './asked.ts'
import { bankPage } from './bank.ts'
import { control } from './control.ts'
import { PastReader } from './past.ts'
import { Misfortune, type Script } from './script.ts'
import { type Endpoint, Post } from './sending.ts'
import { apiOf } from './server.ts'
import { Store } from './store.ts'

export { chanceOf } from './chance.ts'
export { judged } from './judged.ts'
export { signatureOf } from './sending.ts'

export interface DoubleSettings {
  /** A free one without. */
  readonly port?: number
  /** Where what it knows outlives it. */
  readonly file?: string
  /** Of payments before it was here: what a `PastWriter` wrote. */
  readonly past?: string
  readonly endpoints?: readonly Endpoint[]
  /** Milliseconds of the epoch; the machine's without. */
  readonly now?: () => number
}

export interface StripeDouble extends AsyncDisposable {
  readonly url: string
  readonly store: Store
  readonly post: Post
  follow(script: Script): void
  /** As the shopper on the bank's page. */
  answerBank(intentId: string, isPassed: boolean): Promise<void>
}

/** What stands in for Stripe: its HTTP API with state, test cards, 3-D Secure and signed webhooks. */
export async function openStripeDouble(settings: DoubleSettings = {}): Promise<StripeDouble> {
  const { port = 0, file, past, endpoints = [], now = Date.now } = settings
  const store = new Store(file, past === undefined ? undefined : new PastReader(past))
  const misfortune = new Misfortune()
  const seconds = () => Math.floor(now() / 1000)
  const registered = () =>
    store.all('webhook_endpoint').map(({ url, secret = '' }) => ({ url, secret }))
  const post = new Post({
    store,
    misfortune,
    now: seconds,
    endpoints: () => [...endpoints, ...registered()],
  })
  const server = createServer()
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const emit: Asked['emit'] = (type, object) => post.emit(type, structuredClone(object))
  const asking = (id: string): Asked => ({
    store,
    emit,
    url,
    form: {},
    ids: [id],
    now: seconds(),
    clientSecret: null,
  })
  const api = apiOf({ store, misfortune, emit, now: seconds, url: () => url })
  server.on('request', (request, response) => {
    serve({ request, response, api, asking, controlled: { store, post, misfortune, asking } })
  })
  return {
    url,
    store,
    post,
    follow: (script) => misfortune.follow(script),
    answerBank: (id, isPassed) => answerAt(url, id, isPassed),
    async [Symbol.asyncDispose]() {
      await post[Symbol.asyncDispose]()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly api: (request: IncomingMessage, response: ServerResponse) => Promise<void>
  readonly asking: (id: string) => Asked
  readonly controlled: Parameters<typeof control>[2]
}

function serve({ request, response, api, asking, controlled }: Exchange): void {
  const path = request.url ?? ''
  const fail = (fault: unknown) => response.destroy(fault as Error)
  if (path.startsWith('/_double/')) control(request, response, controlled).catch(fail)
  else if (path.startsWith('/bank/')) bankPage(request, response, asking)
  else api(request, response).catch(fail)
}

async function answerAt(url: string, id: string, isPassed: boolean): Promise<void> {
  const deed = isPassed ? 'complete' : 'fail'
  const answer = await fetch(`${url}/bank/${id}/${deed}`, { method: 'POST', redirect: 'manual' })
  if (answer.status !== 303 && !answer.ok) throw new Error(await answer.text())
}
