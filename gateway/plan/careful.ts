import { parse, print } from 'graphql'
import type { SubgraphFields } from '../supergraph/subgraph-fields.ts'
import { withoutClashes } from './clashes.ts'
import type { Engine, ToPlan } from './engine.ts'
import type { Plan } from './nodes.ts'
import { writtenOut } from './written-out.ts'

/** An engine whose plans ask subgraphs nothing that they would refuse. */
export function careful(engine: Engine, fields: SubgraphFields): Engine {
  return {
    facts: engine.facts,
    plan(wanted) {
      const { node } = planned(wanted, engine, fields)
      return node ? { node: withoutClashes(node, fields) } : {}
    },
  }
}

/** Hive's planner may find no way past a fragment that every object of its place is of, or none can be. */
function planned(wanted: ToPlan, engine: Engine, fields: SubgraphFields): Plan {
  try {
    return engine.plan(wanted)
  } catch (error) {
    const { query, operationName } = wanted
    const { operation, isNarrowed, isSpliced } = writtenOut(
      parse(query, { noLocation: true }),
      { service: '', operationName },
      fields,
    )
    if (!isNarrowed && !isSpliced) throw error
    return engine.plan({ ...wanted, query: print(operation) })
  }
}
