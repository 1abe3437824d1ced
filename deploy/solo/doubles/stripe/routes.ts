import type { Deed } from './asked.ts'
import { intentOf } from './charging.ts'
import { createEndpoint } from './endpoints.ts'
import { cancelIntent, captureIntent, confirmIntent, createIntent } from './intents.ts'
import { listOf, retrieve, searchIntents } from './lists.ts'
import {
  attachMethod,
  createCustomer,
  createMethod,
  detachMethod,
  retrieveMethod,
} from './methods.ts'
import { createRefund } from './refunds.ts'
import { cancelSetup, confirmSetup, createSetup, setupOf } from './setup-intents.ts'

interface Route {
  readonly method: string
  readonly path: RegExp
  readonly deed: Deed
  /** Whether a client with a publishable key may ask it. */
  readonly isClients?: boolean
}

const route = (asked: string, deed: Deed, isClients = false): Route => {
  const [method = '', path = ''] = asked.split(' ')
  return { method, path: new RegExp(`^/v1/${path.replaceAll('*', '([^/]+)')}$`), deed, isClients }
}

export const routes: readonly Route[] = [
  route('POST payment_intents', createIntent),
  route('GET payment_intents', listOf('payment_intent', '/v1/payment_intents', ['customer'])),
  route('GET payment_intents/search', searchIntents),
  route('GET payment_intents/*', intentOf, true),
  route('POST payment_intents/*/confirm', confirmIntent, true),
  route('POST payment_intents/*/capture', captureIntent),
  route('POST payment_intents/*/cancel', cancelIntent),
  route('GET charges', listOf('charge', '/v1/charges', ['payment_intent', 'customer'])),
  route('GET charges/*', retrieve('charge', 'charge')),
  route('POST refunds', createRefund),
  route('GET refunds', listOf('refund', '/v1/refunds', ['payment_intent', 'charge'])),
  route('GET refunds/*', retrieve('refund', 'refund')),
  route('POST setup_intents', createSetup),
  route('GET setup_intents', listOf('setup_intent', '/v1/setup_intents', ['customer'])),
  route('GET setup_intents/*', setupOf, true),
  route('POST setup_intents/*/confirm', confirmSetup, true),
  route('POST setup_intents/*/cancel', cancelSetup),
  route('POST payment_methods', createMethod, true),
  route(
    'GET payment_methods',
    listOf('payment_method', '/v1/payment_methods', ['customer', 'type']),
  ),
  route('GET payment_methods/*', retrieveMethod),
  route('POST payment_methods/*/attach', attachMethod),
  route('POST payment_methods/*/detach', detachMethod),
  route('POST customers', createCustomer),
  route('GET customers', listOf('customer', '/v1/customers', ['email'])),
  route('GET customers/*', retrieve('customer', 'customer')),
  route('GET disputes', listOf('dispute', '/v1/disputes', ['payment_intent', 'charge'])),
  route('GET disputes/*', retrieve('dispute', 'dispute')),
  route('GET events', listOf('event', '/v1/events', ['type'])),
  route('GET events/*', retrieve('event', 'event')),
  route('POST webhook_endpoints', createEndpoint),
  route('GET webhook_endpoints', listOf('webhook_endpoint', '/v1/webhook_endpoints', [])),
  route('GET webhook_endpoints/*', retrieve('webhook_endpoint', 'webhook endpoint')),
]
