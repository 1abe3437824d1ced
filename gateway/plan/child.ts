import { parse } from 'graphql'
import { SubgraphFields } from '../supergraph/subgraph-fields.ts'
import { SubgraphTypes } from '../supergraph/subgraph-types.ts'
import { careful } from './careful.ts'
import type { Engine, EngineName, Facts, ToPlan } from './engine.ts'
import type { Plan } from './nodes.ts'

/** What a planner's process is told, and what it answers. */
export type Order =
  | { readonly kind: 'open'; readonly engine: EngineName; readonly supergraph: string }
  | { readonly kind: 'plan'; readonly id: number; readonly wanted: ToPlan }

export type Report =
  | { readonly kind: 'opened'; readonly facts: Facts }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'planned'; readonly id: number; readonly plan: Plan }
  | { readonly kind: 'failed'; readonly id: number; readonly reason: string }

let engine: Engine | undefined

// A terminal's Ctrl-C comes to the whole group: whoever started this process ends it.
process.on('SIGINT', () => {})
process.on('disconnect', () => process.exit(0))
process.on('message', (order: Order) => {
  answer(order).then(
    (report) => process.send?.(report),
    (error) => process.send?.(refused(order, String(error))),
  )
})

async function answer(order: Order): Promise<Report> {
  if (order.kind === 'open') {
    engine = await engineOf(order.engine, order.supergraph)
    return { kind: 'opened', facts: engine.facts }
  }
  if (!engine) throw new Error('There is no supergraph yet.')
  return { kind: 'planned', id: order.id, plan: engine.plan(order.wanted) }
}

const refused = (order: Order, reason: string): Report =>
  order.kind === 'open' ? { kind: 'refused', reason } : { kind: 'failed', id: order.id, reason }

async function engineOf(name: EngineName, supergraph: string): Promise<Engine> {
  const engine =
    name === 'apollo'
      ? (await import('./apollo.ts')).openApollo(supergraph)
      : (await import('./hive.ts')).openHive(supergraph)
  const document = parse(supergraph, { noLocation: true })
  return careful(engine, {
    fields: new SubgraphFields(document),
    types: new SubgraphTypes(document),
  })
}
