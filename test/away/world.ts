import { randomFrom } from '@shop/kit/learn/random'
import { demoPassword } from '../../deploy/solo/demo.ts'
import type { Known } from '../crash/acts.ts'
import { type Client, clientOf } from '../crash/client.ts'
import { knownOf } from '../crash/crew.ts'
import { openProvider, type Provider } from '../crash/provider.ts'
import { openVictims, type Ports, placeFor, type Victims } from '../crash/shop.ts'
import { layOutVoucher } from '../crash/vouchers.ts'
import { type Recorder, recorderAt } from '../faults/recorder.ts'

export interface World extends AsyncDisposable {
  readonly shop: Victims
  readonly ports: Ports
  readonly provider: Provider
  readonly recorder: Recorder
  readonly known: Known
  readonly since: Date
  /** Somebody who was never here. */
  newcomer(): Turn
}

interface Turn {
  readonly client: Client
  readonly known: Known
  readonly random: ReturnType<typeof randomFrom>
}

/** The whole shop, each part in a process of its own, and what everybody sells for more than fifty euros. */
export async function openWorld(name: string): Promise<World> {
  await using opening = new AsyncDisposableStack()
  const place = await placeFor('full', name)
  const provider = opening.use(await openProvider(place.ports.GATEWAY_PORT ?? ''))
  const shop = opening.use(await openVictims(place, { products: 40, env: provider.env }))
  await shop.untilReady()
  const since = new Date()
  const recorder = recorderAt(shop.url)
  const known = { ...(await knownOf(shop, demoPassword)), variantIds: await dear(shop) }
  await layOutVoucher(recorder, known, 1000)
  let number = 0
  const opened = opening.move()
  return {
    ...{ shop, ports: place.ports, provider, recorder, known, since },
    newcomer() {
      number += 1
      const address = `198.51.${100 + Math.floor(number / 250)}.${number % 250}`
      const isOver = () => false
      const client = clientOf({ recorder, name: `shopper ${number}`, address, isOver })
      return { client, known, random: randomFrom(number) }
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

/** One piece is no fortune, and nine are. */
async function dear(shop: Victims): Promise<string[]> {
  const rows = await shop.query(
    'ecommerce',
    `select variant.id from catalog.product_variants variant
      join catalog.products on products.id = product_id
      join inventory.stock_levels on variant_id = variant.id
    where status = 'ACTIVE' and variant.archived_at is null and amount_minor between 5000 and 9000
      and coalesce(weight_grams, 0) < 1000
    group by variant.id having max(on_hand) > 20 order by 1 limit 20`,
  )
  return rows.map(({ id }) => String(id))
}
