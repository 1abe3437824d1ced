import { parseArgs } from 'node:util'
import type { Topology } from '../crash/shop.ts'
import { listed } from './listing.ts'
import { openTraced, tracedOrder } from './order.ts'

/** `npm run trace -- --topology full`: one order, from the client's request to the mail. */
const { values } = parseArgs({ options: { topology: { type: 'string', default: 'full' } } })
await using traced = await openTraced(values.topology as Topology)
const spans = await tracedOrder(traced)
process.stdout.write(`${listed(spans).join('\n')}\n`)
