import { isDeepStrictEqual } from 'node:util'
import { type OperationDefinitionNode, parse } from 'graphql'
import { isData } from '../execute/values.ts'
import type { Data } from '../json.ts'
import type { EngineName } from '../plan/engine.ts'
import { settled } from '../plan/settled.ts'
import { Operations } from './generate.ts'
import { type Answer, ask, graphOf, type Part, routerOf } from './graph.ts'
import { madeUp, referencesIn } from './made-up.ts'
import { askReference, referenceOf } from './reference.ts'

export interface Comparison {
  readonly parts: Readonly<Record<string, Part>>
  readonly engine: EngineName
  /** One in so many values is an error or a null; none, when 0. */
  readonly faults: number
  readonly operations: number
  /** Of fields in fields. */
  readonly depth: number
  readonly seed: number
}

export interface Difference {
  readonly query: string
  readonly variables: object
  readonly ours: Answer
  readonly theirs: Answer
}

/** Asks the router and the reference the same generated operations, and tells where they differ. */
export async function differences(comparison: Comparison) {
  const graph = graphOf(withReferences(comparison.parts), madeUp({ oneIn: comparison.faults }))
  await using router = await routerOf(graph, {
    plans: { engine: comparison.engine, deadlineMs: 30_000 },
  })
  const reference = referenceOf(graph)
  const { seed, depth } = comparison
  const operations = new Operations(router.life.generation.schema, { seed, depth })
  const found: Difference[] = []
  let withErrors = 0
  for (let at = 0; at < comparison.operations; at++) {
    const { query, variables } = operations.next()
    const ours = await ask(router, query, variables)
    const theirs = await askReference(reference, withoutSkipped(query, variables), variables)
    theirs.data = withoutUnasked(theirs.data, ours.data)
    theirs.errors = ofAsked(theirs, ours)
    if (ours.errors) withErrors++
    if (!isDeepStrictEqual(compared(ours), compared(theirs))) {
      found.push({ query, variables, ours, theirs })
    }
  }
  await reference.stop()
  return { found, withErrors }
}

const withReferences = (parts: Comparison['parts']) =>
  Object.fromEntries(
    Object.entries(parts).map(([name, part]) => [
      name,
      { ...part, resolvers: referencesIn(part.typeDefs) },
    ]),
  )

/** The reference may lose a whole fetch to a field that is skipped: it is asked for what is left without. */
function withoutSkipped(query: string, variables: Data): string {
  const node = parse(query)
  const operation = node.definitions[0] as OperationDefinitionNode
  const document = { key: query, text: query, node, operation, operationName: undefined }
  return settled(document, variables).asked?.text ?? query
}

/** The reference may fetch a field for types it was not asked of, and then tells what went wrong with it there. */
function ofAsked({ data, errors = [] }: Answer, ours: Answer): NonNullable<Answer['errors']> {
  const told = new Set(compared(ours).errors)
  return errors.filter(
    (error) =>
      isAnswered(data, error.path ?? []) ||
      compared({ errors: [error] }).errors.every((each) => told.has(each)),
  )
}

/** Also what is null, or within it. */
function isAnswered(data: unknown, [step, ...rest]: readonly (string | number)[]): boolean {
  if (step === undefined || !isData(data)) return true
  return step in data && isAnswered(data[step], rest)
}

/** Where everything was skipped, the type is asked for in its place. */
function withoutUnasked(theirs: unknown, ours: unknown): unknown {
  if (!isData(theirs) || !isData(ours)) return theirs
  if (Array.isArray(theirs)) {
    return theirs.map((each, at) => withoutUnasked(each, (ours as unknown as unknown[])[at]))
  }
  const asked = Object.entries(theirs).filter(([key]) => key !== '__typename' || key in ours)
  return Object.fromEntries(asked.map(([key, each]) => [key, withoutUnasked(each, ours[key])]))
}

/**
 * Data, and which errors stand at which fields: their order is each one's own, and where a list holds
 * several types the reference counts only those it asked about, so places in lists are not compared;
 * nor how often it tells the same.
 */
const compared = ({ data = null, errors = [] }: Answer) => ({
  data,
  errors: [
    ...new Set(
      errors.map(
        ({ message, path }) => `${message} ${JSON.stringify(path)?.replaceAll(/\d+/g, '#')}`,
      ),
    ),
  ].toSorted(),
})
