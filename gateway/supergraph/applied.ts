import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type FieldDefinitionNode,
  Kind,
} from 'graphql'
import type { Data } from '../json.ts'
import { argumentsOf, directiveNames, shopDirectives } from './directives.ts'
import { namedIn } from './subgraph-fields.ts'

/** A directive as it stands on a type or a field, by the name its specification has for it. */
export interface Use {
  readonly name: string
  readonly given: Data
}

const federation = (name: string) => `https://specs.apollo.dev/${name}`

/** The directives the router obeys, by whose they are. Under other names they are the same. */
const obeyed: Readonly<Record<string, readonly string[]>> = {
  [federation('authenticated')]: ['authenticated'],
  [federation('requiresScopes')]: ['requiresScopes'],
  [federation('policy')]: ['policy'],
  [federation('cost')]: ['cost', 'listSize'],
  [shopDirectives]: ['cacheControl', 'cacheTag', 'fallback', 'priority', 'rateLimit', 'timeout'],
}

const none: readonly Use[] = []

/** What types and fields of a supergraph say of themselves to the router. */
export class Applied {
  readonly #uses = new Map<string, Use[]>()
  readonly #types = new Map<string, string>()
  readonly #requires = new Map<string, string[]>()
  readonly #names = new Map<string, string>()

  constructor(definitions: readonly DefinitionNode[]) {
    for (const [specification, names] of Object.entries(obeyed)) {
      const called = directiveNames(definitions, specification)
      for (const name of names) this.#names.set(called(name) ?? '', name)
    }
    this.#names.delete('')
    for (const definition of definitions) this.#add(definition)
  }

  onType(type: string): readonly Use[] {
    return this.#uses.get(type) ?? none
  }

  /** Also of a field of an input; and of an argument, where the type is `Type.field`. */
  onField(type: string, field: string): readonly Use[] {
    return this.#uses.get(`${type}.${field}`) ?? none
  }

  /** The name of the type a field gives, lists and non-nulls taken off. */
  typeOf(type: string, field: string): string | undefined {
    return this.#types.get(`${type}.${field}`)
  }

  /** Selections a field's subgraph is sent of other subgraphs' fields. */
  requiredFor(type: string, field: string): readonly string[] {
    return this.#requires.get(`${type}.${field}`) ?? []
  }

  /** The same of all fields. */
  *allRequired(): Iterable<string> {
    for (const sets of this.#requires.values()) yield* sets
  }

  /** Every field that a directive of this name stands on. */
  *fieldsWith(name: string): Iterable<readonly [place: string, given: Data]> {
    for (const [place, uses] of this.#uses) {
      for (const use of uses) if (use.name === name) yield [place, use.given]
    }
  }

  #add(definition: DefinitionNode): void {
    if (!('name' in definition) || !definition.name) return
    const type = definition.name.value
    this.#note(type, definition.directives as readonly ConstDirectiveNode[] | undefined)
    switch (definition.kind) {
      case Kind.INPUT_OBJECT_TYPE_DEFINITION:
        for (const { name, directives } of definition.fields ?? []) {
          this.#note(`${type}.${name.value}`, directives)
        }
        return
      case Kind.OBJECT_TYPE_DEFINITION:
      case Kind.INTERFACE_TYPE_DEFINITION:
        for (const field of definition.fields ?? []) this.#addField(type, field)
    }
  }

  #addField(type: string, { name, type: given, directives = [], ...field }: FieldDefinitionNode) {
    const place = `${type}.${name.value}`
    this.#types.set(place, namedIn(given))
    this.#note(place, directives)
    this.#noteRequired(place, directives)
    for (const argument of field.arguments ?? []) {
      this.#note(`${place}.${argument.name.value}`, argument.directives)
    }
  }

  #note(place: string, directives: readonly ConstDirectiveNode[] = []): void {
    for (const directive of directives) {
      const name = this.#names.get(directive.name.value)
      if (name === undefined) continue
      const use = { name, given: argumentsOf(directive) }
      const known = this.#uses.get(place)
      if (known) known.push(use)
      else this.#uses.set(place, [use])
    }
  }

  #noteRequired(place: string, directives: readonly ConstDirectiveNode[]): void {
    const sets = directives
      .filter(({ name }) => name.value === 'join__field')
      .map((directive) => argumentsOf(directive).requires)
      .filter((set) => typeof set === 'string')
    if (sets.length > 0) this.#requires.set(place, sets)
  }
}
