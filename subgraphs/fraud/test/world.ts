import { type Identity, serviceNamed } from '@shop/kit/identity'
import { newId } from '@shop/kit/ids'
import { localLink } from '@shop/kit/link'
import {
  type AskedAs,
  ask,
  clockAt,
  freshDatabase,
  hear,
  type Meeting,
  silent,
  standingAt,
} from '@shop/kit/testing'
import { migrations, open } from '../subgraph.ts'

export const noon = new Date('2026-03-01T12:00:00Z')

/** Orders, as it asks for a shopper. */
export const orders: Identity = { ...serviceNamed('orders'), actsFor: `user:${newId()}` }

export const risk: Identity = {
  kind: 'staff',
  id: '019a3c1e-7f00-7000-8000-00000000000e',
  scopes: ['fraud:read', 'fraud:write'],
}

export const colleague: Identity = { ...risk, id: '019a3c1e-7f00-7000-8000-00000000000f' }

/** Fraud on a database of its own; `wait` moves its clock on from noon. */
export async function fraudWith(meeting?: Meeting, pastMs = 5000) {
  await using opening = new AsyncDisposableStack()
  const database = opening.use(await freshDatabase('fraud', migrations))
  const clock = clockAt(noon)
  const standing = { ...standingAt(noon, meeting), clock }
  const subgraph = opening.use(await open({ databaseUrl: database.url, pastMs }, standing))
  const opened = opening.move()
  const asking = (request: AskedAs) => ask(subgraph, request)
  return {
    subgraph,
    database,
    standing,
    ask: asking,
    /** What `assessOrder` answers. */
    async assess(orderId: string, input: object = {}, idempotencyKey = `order:${orderId}:risk`) {
      return asking({
        as: orders,
        query: assessing,
        variables: { input: { ...plain, idempotencyKey, orderId, ...input } },
      })
    },
    hear: (name: string, aggregateId: string, data: object) =>
      hear(subgraph, { id: newId(), name, aggregateId, data }),
    follow: (signal: AbortSignal) =>
      localLink({ ...subgraph, log: silent([]) })
        .follow({
          document: 'subscription { fraudAlert { decision order { id } } }',
          identity: risk,
          signal,
        })
        [Symbol.asyncIterator](),
    wait: clock.wait,
    outbox: () => database.run('select name, data from outbox order by id'),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

const assessing = `mutation ($input: AssessOrderInput!) {
  assessOrder(input: $input) { assessmentId decision score reasons degraded }
}`

/** A shopper who has bought before, buys one cheap thing, and whom nobody would look at. */
export const plain = {
  total: { amountMinor: 1999, currency: 'EUR' },
  lines: [{ variantId: newId(), productId: newId(), quantity: 1, unitPriceMinor: 1999 }],
  isGuest: false,
  accountAgeDays: 300,
  emailVerified: true,
  previousOrders: 4,
  emailHash: 'hash of ada',
  emailDomain: 'example.com',
  addressHash: 'hash of a street',
  addressNetworkHash: 'hash of a network',
  clientAddressHash: 'hash of a client',
  shippingCountry: 'DE',
  billingCountry: 'DE',
  deviceFingerprint: 'hash of a device',
  paymentMethodHash: 'hash of a card',
}

/** A first order of so much that a person looks at it. */
export const dear = { total: { amountMinor: 600_000, currency: 'EUR' }, previousOrders: 0 }
