import {
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  print,
  visit,
} from 'graphql'
import { generateProjection } from '../answer/generate.ts'
import { compileIntrospection, isIntrospection } from '../answer/introspect.ts'
import { Refusal } from '../answer/refusal.ts'
import { Shapes } from '../answer/shapes.ts'
import { compileDeferred } from '../defer/compile.ts'
import type { Deferral } from '../defer/deferrals.ts'
import { ByteLru } from '../document/byte-lru.ts'
import type { CheckedDocument } from '../document/documents.ts'
import { compilePlan } from '../execute/compile.ts'
import { compileSubscription } from '../execute/subscription.ts'
import type { World } from '../execute/world.ts'
import type { SchemaParts } from '../supergraph/api-schema.ts'
import type { InterfaceFields } from '../supergraph/interface-fields.ts'
import type { Compiled } from './compiled.ts'
import { lifted } from './lifted.ts'
import type { Plan } from './nodes.ts'
import { type KnownNames, OwnNames } from './own-names.ts'
import type { Planner } from './planner.ts'

export interface OperationSettings {
  readonly cacheBytes: number
  /** Fields of all shapes of one operation, for which code is generated. */
  readonly mostFields: number
  /** Labels of `@override` that are on. */
  readonly labels: readonly string[]
  /** How long an operation that could not be planned in time is refused without another try. */
  readonly refusedForMs: number
}

interface Parts extends SchemaParts, KnownNames {
  readonly planner: Planner
  readonly world: World
  readonly interfaceFields: InterfaceFields
}

/** Operations that are planned beforehand when the supergraph is another. */
const mostRecent = 300

/** Planned operations of one supergraph. Whoever asks for one that is being planned waits for the same plan. */
export class Operations {
  readonly #parts: Parts
  readonly #settings: OperationSettings
  readonly #known: ByteLru<Compiled>
  readonly #coming = new Map<string, Promise<Compiled>>()
  readonly #refused = new Map<string, { readonly refusal: Refusal; readonly until: number }>()
  readonly #recent = new Map<string, CheckedDocument>()
  readonly #steps: readonly number[]

  constructor(parts: Parts, settings: OperationSettings) {
    this.#parts = parts
    this.#settings = settings
    this.#known = new ByteLru(settings.cacheBytes)
    this.#steps = parts.planner.facts.percentages.toSorted((a, b) => a - b)
  }

  get bytes(): number {
    return this.#known.bytes
  }

  /** What was asked last, the newest first; not what was narrowed for somebody. */
  recent(most: number): readonly CheckedDocument[] {
    return [...this.#recent.values()].slice(-most).reverse()
  }

  /** At once when it is known. Rejects with a `Refusal` when it cannot be planned. */
  get(
    document: CheckedDocument,
    deferrals: readonly Deferral[] = [],
  ): Compiled | Promise<Compiled> {
    const percentage = this.#percentage()
    const parts = deferrals.map(({ id }) => id).join(',')
    const key = `${document.key}${percentage ? `\0${percentage}` : ''}${parts && `\0later ${parts}`}`
    const known = this.#known.get(key)
    if (known) return known
    const coming = this.#coming.get(key)
    if (coming) return coming
    const next = this.#prepare(document, { key, percentage, deferrals })
    this.#coming.set(key, next)
    const forget = () => this.#coming.delete(key)
    next.then(forget, forget)
    return next
  }

  #remember(document: CheckedDocument): void {
    this.#recent.delete(document.key)
    this.#recent.set(document.key, document)
    const [oldest = ''] = this.#recent.keys()
    if (this.#recent.size > mostRecent) this.#recent.delete(oldest)
  }

  /** One of as many values as there are plans: requests between the same two steps share theirs. */
  #percentage(): number {
    if (this.#steps.length === 0) return 0
    const drawn = Math.random() * 100
    return this.#steps.findLast((step) => step <= drawn) ?? 0
  }

  async #prepare(document: CheckedDocument, wanted: Wanted): Promise<Compiled> {
    const { key, percentage, deferrals } = wanted
    this.#throwIfRefused(key)
    const { schema, typeNames, planner, world } = this.#parts
    const { node, operation } = document
    const fragments = node.definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION)
    const { mostFields, labels } = this.#settings
    const names = new OwnNames(node, this.#parts)
    const more = { fragments, mostFields, denied: document.denied, names }
    const root = rootOf(schema, operation)
    const shapes = new Shapes(schema, root, more)
    const { operationName } = document
    const asked = forPlanner(document, names, this.#parts)
    const { query } = asked
    const plan: Plan =
      query !== null && isPlanned(shapes)
        ? await this.#planned(key, planner.plan({ query, operationName, labels, percentage }))
        : {}
    const compiled: Compiled = {
      plan,
      ...compiledPlan(plan, world),
      shapes,
      asked: shapes,
      names,
      lifted: asked.lifted,
      project: generateProjection(shapes, typeNames),
      ...(deferrals.length > 0 &&
        plan.node &&
        compileDeferred(deferrals, { world, typeNames, plan: plan.node, root, more })),
      introspect: compileIntrospection({ schema, document: node, operation, shapes }),
    }
    this.#known.set(key, compiled, weight(key, compiled))
    if (!document.denied) this.#remember(document)
    return compiled
  }

  async #planned(key: string, planning: Promise<Plan>): Promise<Plan> {
    try {
      return await planning
    } catch (error) {
      if (error instanceof Refusal) this.#refuse(key, error)
      throw error
    }
  }

  #refuse(key: string, refusal: Refusal): void {
    if (this.#refused.size > 1000) this.#refused.clear()
    this.#refused.set(key, { refusal, until: performance.now() + this.#settings.refusedForMs })
  }

  #throwIfRefused(key: string): void {
    const refused = this.#refused.get(key)
    if (!refused) return
    if (refused.until > performance.now()) throw refused.refusal
    this.#refused.delete(key)
  }
}

function compiledPlan({ node }: Plan, world: World): Pick<Compiled, 'work' | 'subscription'> {
  return node?.kind === 'subscription'
    ? { work: undefined, subscription: compileSubscription(node, world) }
    : { work: node && compilePlan(node, [], world), subscription: undefined }
}

interface Wanted {
  readonly key: string
  readonly percentage: number
  /** What may come later. */
  readonly deferrals: readonly Deferral[]
}

function rootOf(schema: GraphQLSchema, { operation, selectionSet }: OperationDefinitionNode) {
  const type = schema.getRootType(operation)
  if (!type) throw new Error('The schema has no such operations.')
  return { type, set: selectionSet }
}

/** What is asked about the schema, and the root's own name, no subgraph is asked for. */
const isPlanned = ({ root }: Shapes) =>
  root.fields.some((field) => field.name !== '__typename' && !isIntrospection(field))

/** Planners know no introspection and nothing of parts: it is taken out, and what that leaves empty asks for its type. */
function forPlanner(
  document: CheckedDocument,
  names: OwnNames,
  { schema, interfaceFields }: Parts,
): { readonly query: string | null; readonly lifted: ReadonlySet<string> } {
  if (document.asked === null) return { query: null, lifted: new Set() }
  const { text, node } = document.asked ?? document
  const isOurs = /__schema|__type\b|@defer\b/.test(text)
  if (!isOurs && names.isEmpty && interfaceFields.size === 0) {
    return { query: text, lifted: new Set() }
  }
  const own = names.within(isOurs ? forPlanners(node) : node)
  const asked = lifted(own, schema, interfaceFields)
  return { query: print(asked.document), lifted: asked.names }
}

function forPlanners(node: DocumentNode): DocumentNode {
  const typename = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } } as const
  return visit(node, {
    Directive: ({ name }) => (name.value === 'defer' ? null : undefined),
    Field: { enter: ({ name }) => (isIntrospection({ name: name.value }) ? typename : undefined) },
  })
}

/** In bytes, roughly: what V8 keeps of closures and code for each field and character. */
function weight(key: string, { plan, shapes }: Compiled): number {
  return 4_000 + key.length * 2 + JSON.stringify(plan).length * 6 + shapes.fields * 700
}
