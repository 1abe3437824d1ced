import { type FieldNode, Kind, parse, type SelectionSetNode } from 'graphql'
import type { Use } from '../supergraph/applied.ts'
import type { Supergraph } from '../supergraph/read.ts'
import { type Rule, ruleOf } from './rules.ts'

/** Every rule that has to hold for whoever is given a field of a supergraph. */
export class Requirements {
  readonly #supergraph: Supergraph
  readonly #known = new Map<string, ReadonlySet<Rule>>()

  constructor(supergraph: Supergraph) {
    this.#supergraph = supergraph
  }

  /**
   * Its own, its type's, those of the type it gives; those of what it requires of other subgraphs,
   * or a guarded field could be read off one that is open; and of a field of an interface those of
   * every type behind it, or it could be read there. Composition writes the sum of those on the
   * interface; what is written there alone is asked of every type behind it.
   */
  of(type: string, field: string): ReadonlySet<Rule> {
    const place = `${type}.${field}`
    let rules = this.#known.get(place)
    if (!rules) {
      const places = new Map<string, Place>()
      this.#reach({ type, field }, places)
      rules = new Set([...places.values()].flatMap((each) => this.#own(each)))
      this.#known.set(place, rules)
    }
    return rules
  }

  #own({ type, field }: Place): Rule[] {
    const given = this.#supergraph.applied.typeOf(type, field)
    return [
      ...this.#ofType(type),
      ...this.#ofField(type, field),
      ...(given === undefined ? [] : this.#ofType(given)),
    ]
  }

  #ofType(type: string): Rule[] {
    const { applied, kinds } = this.#supergraph
    const ofMembers = [...kinds.membersOf(type)].flatMap((each) => rulesIn(applied.onType(each)))
    return rulesIn(applied.onType(type)).filter((rule) => !ofMembers.includes(rule))
  }

  #ofField(type: string, field: string): Rule[] {
    const { applied, kinds } = this.#supergraph
    const ofMembers = [...kinds.membersOf(type)].flatMap((each) => [
      ...rulesIn(applied.onType(each)),
      ...rulesIn(applied.onField(each, field)),
    ])
    return rulesIn(applied.onField(type, field)).filter((rule) => !ofMembers.includes(rule))
  }

  /** The fields whose rules are this one's too. */
  #reach(place: Place, seen: Map<string, Place>): void {
    const key = `${place.type}.${place.field}`
    if (seen.has(key)) return
    seen.set(key, place)
    const { applied, kinds } = this.#supergraph
    const { type, field } = place
    for (const kind of kinds.kindsOf(type)) {
      if (applied.typeOf(kind, field) !== undefined)
        seen.set(`${kind}.${field}`, { type: kind, field })
    }
    for (const member of kinds.membersOf(type)) this.#reach({ type: member, field }, seen)
    for (const required of applied.requiredFor(type, field)) {
      this.#reachWithin(type, parsed(required), seen)
    }
  }

  #reachWithin(type: string, { selections }: SelectionSetNode, seen: Map<string, Place>): void {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) this.#reachRequired(type, selection, seen)
      else if (selection.kind === Kind.INLINE_FRAGMENT) {
        const on = selection.typeCondition?.name.value ?? type
        this.#reachWithin(on, selection.selectionSet, seen)
      }
    }
  }

  #reachRequired(type: string, { name, selectionSet }: FieldNode, seen: Map<string, Place>): void {
    this.#reach({ type, field: name.value }, seen)
    const given = this.#supergraph.applied.typeOf(type, name.value)
    if (selectionSet && given !== undefined) this.#reachWithin(given, selectionSet, seen)
  }
}

interface Place {
  readonly type: string
  readonly field: string
}

const rulesIn = (uses: readonly Use[]) => uses.flatMap((use) => ruleOf(use) ?? [])

function parsed(fields: string): SelectionSetNode {
  const [definition] = parse(`{ ${fields} }`, { noLocation: true }).definitions
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error('It is no selection.')
  return definition.selectionSet
}
