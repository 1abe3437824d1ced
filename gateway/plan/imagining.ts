import { type FieldNode, getOperationAST, Kind, parse, type SelectionSetNode } from 'graphql'
import { namedIn, type SubgraphFields } from '../supergraph/subgraph-fields.ts'
import type { SubgraphTypes } from '../supergraph/subgraph-types.ts'
import { type Fragments, fragmentOf, fragmentsIn } from './fragments.ts'
import { at, holds, Imagined, merge, originOf, rewrite, taken } from './imagined.ts'
import type { Batch, BatchFetch, Fetch, PathStep, PlanNode } from './nodes.ts'

/** More objects than anybody should wait for. */
export class TooMuch extends Error {}

const mostObjects = 20_000

export interface Schemas {
  readonly fields: SubgraphFields
  readonly types: SubgraphTypes
}

interface Answering {
  readonly service: string
  readonly fragments: Fragments
  /** What was sent of an entity, where its own fields are answered; nothing within. */
  readonly sent?: Imagined
}

type Asked = Pick<Fetch, 'service' | 'operation' | 'operationName'>

/** Runs a plan over one object of each type that may come, in place of what subgraphs would answer. */
export class Imagining {
  readonly root: Imagined
  readonly #fields: SubgraphFields
  readonly #types: SubgraphTypes
  #count = 0

  constructor(root: string, { fields, types }: Schemas) {
    this.root = new Imagined(root, root)
    this.#fields = fields
    this.#types = types
  }

  run(node: PlanNode, base: readonly PathStep[] = []): void {
    switch (node.kind) {
      case 'sequence':
      case 'parallel':
        this.#all(node.nodes, base)
        return
      case 'flatten':
        this.run(node.node, [...base, ...node.path])
        return
      case 'condition':
        this.#all([node.whenTrue, node.whenFalse], base)
        return
      case 'subscription':
        this.#fetch(node.primary, base)
        this.#all([node.rest], base)
        return
      case 'fetch':
        this.#fetch(node, base)
        return
      case 'batch':
        for (const batch of node.batches) this.#batch(batch, node)
    }
  }

  #all(nodes: readonly (PlanNode | undefined)[], base: readonly PathStep[]): void {
    for (const each of nodes) if (each) this.run(each, base)
  }

  #fetch(node: Fetch, base: readonly PathStep[]): void {
    const { needs, inputRewrites, outputRewrites } = node
    const targets = at([this.root], base, this.#types)
    const { set, answering } = readFetch(node)
    if (needs) {
      const entities = fieldNamed('_entities', set)
      if (!entities) throw new Error('A fetch of entities asks for none.')
      this.#entities(
        targets,
        { needs, inputRewrites, outputRewrites },
        { set: entities, answering },
      )
      return
    }
    for (const target of targets) {
      const answer = new Imagined(target.type, target.name)
      this.#fill(answer, set, answering)
      rewrite([answer], outputRewrites, this.#types)
      merge(target, answer, this.#types)
    }
  }

  #batch(batch: Batch, node: BatchFetch): void {
    const { set, answering } = readFetch(node)
    const entities = fieldNamed(batch.alias, set)
    if (!entities) throw new Error('A batch is not in its operation.')
    const targets = batch.paths.flatMap((path) => at([this.root], path, this.#types))
    this.#entities(targets, batch, { set: entities, answering })
  }

  #entities(
    targets: readonly Imagined[],
    {
      needs,
      inputRewrites,
      outputRewrites,
    }: Pick<Batch, 'needs' | 'inputRewrites' | 'outputRewrites'>,
    { set, answering }: { set: SelectionSetNode; answering: Answering },
  ): void {
    for (const target of targets) {
      const sent = taken(target, needs, this.#types)
      if (!sent) continue
      rewrite([sent], inputRewrites, this.#types)
      if (!this.#isKnown(sent, answering.service)) continue
      const answer = new Imagined(target.type)
      this.#fill(answer, set, { ...answering, sent })
      rewrite([answer], outputRewrites, this.#types)
      merge(target, answer, this.#types)
    }
  }

  /** By one of the keys that its subgraph has for it. */
  #isKnown(sent: Imagined, service: string): boolean {
    if (sent.name === undefined || !this.#types.knows(service, sent.name)) return false
    const keys = this.#types.keysOf(service, sent.name)
    return keys.length === 0 || keys.some((key) => holds(sent, key, this.#types))
  }

  #fill(object: Imagined, set: SelectionSetNode, answering: Answering): void {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        this.#field(object, selection, answering)
        continue
      }
      const { on, set: inner } = fragmentOf(selection, answering.fragments)
      const isOf = on === undefined || this.#types.isIn(answering.service, object.type, on)
      if (isOf) this.#fill(object, inner, answering)
    }
  }

  #field(object: Imagined, field: FieldNode, answering: Answering): void {
    const { service, fragments } = answering
    const name = field.name.value
    if (name === '__typename') {
      object.name = this.#types.nameIn(service, object.type)
      return
    }
    if (!this.#isAnswered(object.type, name, answering)) return
    const objects = new Map<string, Imagined>()
    if (field.selectionSet) {
      for (const each of this.#possible(service, object.type, name)) {
        if (++this.#count > mostObjects) throw new TooMuch('Too many objects may come.')
        const inner = new Imagined(each)
        this.#fill(inner, field.selectionSet, { service, fragments })
        objects.set(each, inner)
      }
    }
    const one = new Imagined(object.type)
    one.fields.set((field.alias ?? field.name).value, { origin: originOf(field), objects })
    merge(object, one, this.#types)
  }

  /** Every subgraph that has a field gives the same object, so it is of a type that all of them know. */
  #possible(service: string, type: string, field: string): readonly string[] {
    const ofOne = (each: string) => {
      const given = this.#fields.typeOf(each, type, field)
      return given ? this.#types.possible(each, namedIn(given)) : []
    }
    const all = this.#types.giversOf(type, field).map((each) => new Set(ofOne(each)))
    return ofOne(service).filter((each) => all.every((known) => known.has(each)))
  }

  #isAnswered(type: string, field: string, { service, sent }: Answering): boolean {
    if (!sent) return true
    const names = [type, ...(sent.name && sent.name !== type ? [sent.name] : [])]
    return names
      .flatMap((each) => this.#types.requiredBy(service, each, field))
      .every((set) => holds(sent, set, this.#types))
  }
}

function readFetch({ operation, operationName, service }: Asked) {
  const document = parse(operation, { noLocation: true })
  const asked = getOperationAST(document, operationName)
  if (!asked) throw new Error('A fetch has no operation.')
  return {
    set: asked.selectionSet,
    answering: { service, fragments: fragmentsIn(document) } satisfies Answering,
  }
}

const fieldNamed = (key: string, { selections }: SelectionSetNode) =>
  selections.find(
    (each): each is FieldNode =>
      each.kind === Kind.FIELD && (each.alias ?? each.name).value === key,
  )?.selectionSet
