import path from 'node:path'
import { newId } from '@shop/kit/ids'
import type { AskedAs } from '@shop/kit/testing'
import { discard, openCluster } from '@shop/state/cluster'
import { stateFolder } from '@shop/state/folder'
import { freePort } from '@shop/state/port'
import {
  ada,
  authorizing,
  capturing,
  paymentsWith,
  refunding,
  voiding,
  type World,
} from '../../subgraphs/payments/test/world.ts'

const adding: AskedAs = {
  as: ada,
  variables: { input: { idempotencyKey: 'card', token: 'pm_card_visa' } },
  query: /* GraphQL */ `
    mutation ($input: AddPaymentMethodInput!) {
      addPaymentMethod(input: $input) { __typename }
    }
  `,
}

/** A sale, a refund, an undoing and a card that is kept, each of an order of its own where it needs one. */
function acts(): Record<string, AskedAs> {
  const [sold, undone] = [newId(), newId()]
  const of = (order: string) => ({ order, key: `order:${order}:authorize` })
  return {
    authorizePayment: authorizing('pm_card_visa', of(sold)),
    capturePayment: capturing('capture', sold),
    refundOrder: refunding(599, 'refund', sold),
    'authorizePayment, another': authorizing('pm_card_visa', of(undone)),
    'voidPayment, of it': voiding('void', undone),
    addPaymentMethod: adding,
  }
}

/** What payments comes to at another address that speaks Stripe's HTTP; a line for each act. */
export async function elsewhere(url: string, told: (line: string) => void): Promise<void> {
  const folder = path.join(stateFolder(process.env.SHOP_STATE_DIR), `elsewhere-${process.pid}`)
  const port = await freePort(55_000)
  const cluster = await openCluster({ folder, password: 'postgres', port, durable: false })
  process.env.SHOP_TEST_CLUSTER = cluster.url('postgres')
  try {
    await using world = await paymentsWith({ at: url })
    for (const [name, act] of Object.entries(acts())) told(`${name}: ${await cameTo(world, act)}`)
  } finally {
    await cluster[Symbol.asyncDispose]()
    await discard(folder)
  }
}

async function cameTo(world: World, act: AskedAs): Promise<string> {
  const { data, codes, errors = [] } = await world.ask(act)
  const [answer] = Object.values(data ?? {})
  const why = errors.map(({ message }) => message)
  return answer ? JSON.stringify(answer) : [...codes, ...why].join(', ')
}
