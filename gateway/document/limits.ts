import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'
import { Refusal } from '../answer/refusal.ts'
import { fragmentsIn } from './fragments.ts'
import type { Scan } from './scan.ts'

export interface Limits {
  readonly tokens: number
  readonly directives: number
  /** Of brackets in the text, so that no parser runs out of stack. */
  readonly nesting: number
  /** Of fields in fields; fragments add nothing by themselves. */
  readonly depth: number
  readonly operations: number
  readonly rootFields: number
  readonly aliases: number
  /** Fields when every fragment is written out where it is spread. */
  readonly fields: number
  /** Pairs of fields that answer under one name, which validation compares two by two. */
  readonly pairs: number
}

export const tooLarge = (what: string) =>
  Refusal.of('OPERATION_TOO_LARGE', `The operation has too many ${what}.`)

export function checkScan({ tokens, directives, nesting }: Scan, limits: Limits): void {
  if (tokens > limits.tokens) throw tooLarge('tokens')
  if (directives > limits.directives) throw tooLarge('directives')
  if (nesting > limits.nesting) throw tooLarge('levels')
}

/** Throws before a document is validated, as validation itself is what some documents attack. */
export function checkSize(document: DocumentNode, limits: Limits): void {
  const operations = document.definitions.filter(
    (definition): definition is OperationDefinitionNode =>
      definition.kind === Kind.OPERATION_DEFINITION,
  )
  if (operations.length > limits.operations) throw tooLarge('operations')
  const fragments = fragmentsIn(document)
  const measure = new Measure(fragments, limits)
  for (const operation of operations) measure.operation(operation)
  // What no operation spreads is invalid, but would be compared before it is told so.
  for (const [name, fragment] of fragments) {
    if (!measure.seen.has(name)) measure.walk([fragment.selectionSet], 1)
  }
}

class Measure {
  readonly seen = new Set<string>()
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>
  readonly #limits: Limits
  #fields = 0
  #aliases = 0
  #pairs = 0

  constructor(fragments: ReadonlyMap<string, FragmentDefinitionNode>, limits: Limits) {
    this.#fragments = fragments
    this.#limits = limits
  }

  operation({ selectionSet }: OperationDefinitionNode): void {
    const before = this.#fields
    const roots = this.#collect([selectionSet])
    if (this.#fields - before > this.#limits.rootFields) throw tooLarge('root fields')
    for (const fields of roots.values()) this.#into(fields, 1)
  }

  /** The fields of these selections together, as they would be merged into one object. */
  walk(sets: readonly SelectionSetNode[], depth: number): void {
    if (depth > this.#limits.depth) throw tooLarge('levels')
    for (const fields of this.#collect(sets).values()) this.#into(fields, depth)
  }

  #into(fields: readonly FieldNode[], depth: number): void {
    const sets = fields.flatMap(({ selectionSet }) => selectionSet ?? [])
    if (sets.length > 0) this.walk(sets, depth + 1)
  }

  #collect(sets: readonly SelectionSetNode[]): Map<string, FieldNode[]> {
    const found = new Map<string, FieldNode[]>()
    const spread = new Set<string>()
    const open = [...sets]
    for (let set = open.pop(); set; set = open.pop()) {
      for (const selection of set.selections) {
        if (selection.kind === Kind.FIELD) this.#count(selection, found)
        else if (selection.kind === Kind.INLINE_FRAGMENT) open.push(selection.selectionSet)
        else this.#spread(selection.name.value, spread, open)
      }
    }
    return found
  }

  #spread(name: string, spread: Set<string>, open: SelectionSetNode[]): void {
    const fragment = this.#fragments.get(name)
    if (!fragment || spread.has(name)) return
    spread.add(name)
    this.seen.add(name)
    open.push(fragment.selectionSet)
  }

  #count(field: FieldNode, found: Map<string, FieldNode[]>): void {
    if (++this.#fields > this.#limits.fields) throw tooLarge('fields')
    if (field.alias && ++this.#aliases > this.#limits.aliases) throw tooLarge('aliases')
    const name = field.alias?.value ?? field.name.value
    // No object of ours may be given another prototype by an answer that uses this name.
    if (name === '__proto__')
      throw Refusal.of('BAD_USER_INPUT', 'No field can be called __proto__.')
    const same = found.get(name)
    if (!same) {
      found.set(name, [field])
      return
    }
    same.push(field)
    this.#pairs += same.length
    if (this.#pairs > this.#limits.pairs) throw tooLarge('repeated fields')
  }
}
