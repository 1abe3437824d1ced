import type Stripe from 'stripe'
import type { Asked } from './asked.ts'
import { newId } from './chance.ts'
import { required } from './fault.ts'
import { listIn, textIn } from './form.ts'

/** Its secret is told once, here, as at Stripe. */
export function createEndpoint({ store, form, now }: Asked): Stripe.WebhookEndpoint {
  const url = textIn(form, 'url')
  if (!url) throw required('url')
  const endpoint = {
    id: newId('we'),
    object: 'webhook_endpoint',
    api_version: null,
    application: null,
    created: now,
    description: null,
    enabled_events: listIn(form, 'enabled_events'),
    livemode: false,
    metadata: {},
    secret: newId('whsec'),
    status: 'enabled',
    url,
  } satisfies Stripe.WebhookEndpoint
  return store.put('webhook_endpoint', endpoint)
}
