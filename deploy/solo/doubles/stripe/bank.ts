import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Asked } from './asked.ts'
import { answerBank } from './charging.ts'
import { Fault } from './fault.ts'
import { answerBankOfSetup } from './setup-intents.ts'

type Asking = (id: string) => Asked

/** The bank's own page: one button says that it is the shopper, the other that it is not. */
export function bankPage(request: IncomingMessage, response: ServerResponse, asking: Asking): void {
  const [, , id = '', deed] = (request.url ?? '').split('?')[0]?.split('/') ?? []
  try {
    if (request.method === 'POST') answered(response, asking(id), deed === 'complete')
    else response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(pageFor(id))
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault
    response.writeHead(fault.status, { 'content-type': 'text/plain' }).end(fault.message)
  }
}

function answered(response: ServerResponse, asked: Asked, isPassed: boolean): void {
  const [id = ''] = asked.ids
  const kind = id.startsWith('seti_') ? 'setup_intent' : 'payment_intent'
  const before = asked.store.get(kind, id)?.next_action?.redirect_to_url?.return_url
  const intent =
    kind === 'setup_intent' ? answerBankOfSetup(asked, isPassed) : answerBank(asked, isPassed)
  if (!before) {
    response.writeHead(200, { 'content-type': 'text/plain' }).end(intent.status)
    return
  }
  const back = new URL(before)
  back.searchParams.set(kind, id)
  back.searchParams.set(`${kind}_client_secret`, intent.client_secret ?? '')
  back.searchParams.set('redirect_status', isPassed ? 'succeeded' : 'failed')
  response.writeHead(303, { location: back.href }).end()
}

const pageFor = (id: string) => {
  const name = id.replace(/\W/g, '')
  return `<!doctype html><html lang="en"><title>Your bank</title>
<h1>Is this you?</h1><p>A shop asks to be paid. This bank is a double: no money moves.</p>
<form method="post" action="/bank/${name}/complete"><button>Yes, pay</button></form>
<form method="post" action="/bank/${name}/fail"><button>No</button></form></html>`
}
