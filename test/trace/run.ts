import { parseArgs } from 'node:util'
import type { Topology } from '../crash/shop.ts'
import { listed } from './listing.ts'
import { tracedOrder } from './order.ts'

/** `npm run trace -- --topology full`: one order, from the client's request to the mail. */
const { values } = parseArgs({ options: { topology: { type: 'string', default: 'full' } } })
const spans = await tracedOrder(values.topology as Topology)
process.stdout.write(`${listed(spans).join('\n')}\n`)
