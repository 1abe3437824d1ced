import { parse, print } from 'graphql'
import type { Need, PathStep, PlanNode } from '../plan/nodes.ts'

/** A plan as a person reads it. */
export type SeenPlan =
  | { readonly kind: 'sequence' | 'parallel'; readonly nodes: readonly SeenPlan[] }
  | {
      readonly kind: 'condition'
      readonly variable: string
      readonly yes?: SeenPlan
      readonly no?: SeenPlan
    }
  | { readonly kind: 'subscription'; readonly first: SeenPlan; readonly rest?: SeenPlan }
  | {
      readonly kind: 'fetch'
      readonly service: string
      /** As the plan has it, to be known again, and to be read. */
      readonly document: string
      readonly text: string
      /** Where in the answer it goes, and what of it names the entities; empty of a root fetch. */
      readonly places: readonly string[]
      readonly needs: readonly string[]
    }

export function seenPlan(node: PlanNode, base: readonly PathStep[] = []): SeenPlan {
  switch (node.kind) {
    case 'sequence':
    case 'parallel':
      return { kind: node.kind, nodes: node.nodes.map((each) => seenPlan(each, base)) }
    case 'flatten':
      return seenPlan(node.node, [...base, ...node.path])
    case 'condition':
      return {
        kind: 'condition',
        variable: node.variable,
        ...(node.whenTrue && { yes: seenPlan(node.whenTrue, base) }),
        ...(node.whenFalse && { no: seenPlan(node.whenFalse, base) }),
      }
    case 'subscription':
      return {
        kind: 'subscription',
        first: seenPlan(node.primary),
        ...(node.rest && { rest: seenPlan(node.rest) }),
      }
    case 'fetch':
      return { ...fetchOf(node), places: placesOf([base]), needs: needsOf(node.needs ?? []) }
    case 'batch': {
      const paths = node.batches.flatMap((batch) => batch.paths.map((path) => [...base, ...path]))
      const needs = node.batches.flatMap((batch) => needsOf(batch.needs))
      return { ...fetchOf(node), places: placesOf(paths), needs: [...new Set(needs)] }
    }
  }
}

const fetchOf = ({ service, operation }: { service: string; operation: string }) => ({
  kind: 'fetch' as const,
  service,
  document: operation,
  text: print(parse(operation)),
})

const placesOf = (paths: readonly (readonly PathStep[])[]) =>
  paths.filter((path) => path.length > 0).map((path) => path.map(stepOf).join('.'))

const stepOf = (step: PathStep) => (typeof step === 'string' ? step : `(${step.types.join('|')})`)

const needsOf = (needs: readonly Need[]): string[] =>
  needs.flatMap((need) => {
    if (need.kind === 'field' && need.read === '__typename') return []
    const within = need.needs ? ` { ${needsOf(need.needs).join(' ')} }` : ''
    return need.kind === 'on' ? `${need.type}${within}` : `${need.read}${within}`
  })
