import { serviceNamed } from '@shop/kit/identity'
import { keysFrom } from '@shop/kit/keys'
import { httpLink } from '@shop/kit/link'
import { stepKey } from '../../subgraphs/orders/domain/step-key.ts'
import { secret } from '../crash/shop.ts'
import type { Placed } from './order.ts'
import type { World } from './world.ts'

type Step = Parameters<typeof stepKey>[1]

interface Late {
  readonly part: string
  readonly field: string
  readonly type: string
  readonly input: (order: Placed) => object
}

/** As orders asks it, once more. */
const steps: Readonly<Partial<Record<Step, Late>>> = {
  hold: {
    part: 'inventory',
    field: 'holdStock',
    type: 'HoldStockInput',
    input: ({ id, plan }) => ({
      reference: id,
      lines: plan.cart.lines.map(({ variantId, quantity }: Line) => ({ variantId, quantity })),
    }),
  },
  price: {
    part: 'promotions',
    field: 'takePrice',
    type: 'TakePriceInput',
    input: ({ id, plan }) => ({ orderId: id, cart: plan.cart, expectedTotal: plan.total }),
  },
  commit: {
    part: 'inventory',
    field: 'commitHold',
    type: 'SettleHoldInput',
    input: ({ id }) => ({ stepKey: stepKey(id, 'hold') }),
  },
}

interface Line {
  variantId: string
  quantity: number
}

/** A step that comes after its undoing: the code or the kind of what it came to. */
export async function comesLate({ ports }: World, order: Placed, step: string): Promise<string> {
  const late = steps[step as Step]
  if (!late) throw new Error(`${step} has no undoing that it could come after.`)
  const { part, field, type, input } = late
  const url = `http://127.0.0.1:${ports[`${part.toUpperCase()}_PORT`]}/graphql`
  await using link = httpLink({ url, audience: part, keys: keysFrom(secret) })
  const { data, errors } = await link.ask({
    document: `mutation ($input: ${type}!) { ${field}(input: $input) { __typename } }`,
    variables: {
      input: { idempotencyKey: stepKey(order.id, step as Step), ...input(order) },
    },
    identity: { ...serviceNamed('orders'), actsFor: order.owner },
  })
  const answer = data?.[field] as { __typename: string } | undefined
  return String(errors?.[0]?.extensions?.code ?? answer?.__typename)
}
