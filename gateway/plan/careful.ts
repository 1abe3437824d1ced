import { parse, print } from 'graphql'
import { withoutClashes } from './clashes.ts'
import type { Engine, ToPlan } from './engine.ts'
import type { Schemas } from './imagining.ts'
import type { Plan } from './nodes.ts'
import { missing } from './verify.ts'
import { writtenOut } from './written-out.ts'

/**
 * An engine whose plans fetch all that is asked, and ask subgraphs nothing that they would refuse.
 * Throws where it has none.
 */
export function careful(engine: Engine, schemas: Schemas): Engine {
  const whole = (wanted: ToPlan): Plan => {
    const { node } = engine.plan(wanted)
    const plan = node ? { node: withoutClashes(node, schemas.fields) } : {}
    const lacks = missing(wanted, plan, schemas)
    if (lacks !== null) throw new Error(`The plan does not fetch ${lacks}.`)
    return plan
  }
  return {
    facts: engine.facts,
    plan(wanted) {
      try {
        return whole(wanted)
      } catch (error) {
        const simpler = simplified(wanted, schemas)
        if (!simpler) throw error
        return whole(simpler)
      }
    },
  }
}

/** Hive's planner may find no way past a fragment that every object of its place is of, or none can be. */
function simplified(wanted: ToPlan, { fields }: Schemas): ToPlan | null {
  const { query, operationName } = wanted
  const document = parse(query, { noLocation: true })
  const written = writtenOut(document, { service: '', operationName }, fields)
  if (!written.isNarrowed && !written.isSpliced) return null
  return { ...wanted, query: print(written.operation) }
}
