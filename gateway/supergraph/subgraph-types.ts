import {
  type DefinitionNode,
  type DirectiveNode,
  type DocumentNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  type SelectionSetNode,
} from 'graphql'
import type { Data } from '../json.ts'
import { argumentsOf, graphsOf } from './directives.ts'
import { addKinds, Kinds } from './read.ts'

/** What a subgraph says of a type: by which keys it knows one, and whether it is an interface's object there. */
interface Joined {
  readonly keys: SelectionSetNode[]
  isInterfaceObject: boolean
}

/** Which types there are in each subgraph, and of which they are. */
export class SubgraphTypes {
  readonly #kinds = new Kinds()
  readonly #hidden = new Set<string>()
  /** By subgraph and type. */
  readonly #joined = new Map<string, Joined>()
  /** Graphs that say so, by type and what it is of. */
  readonly #sayers = new Map<string, Set<unknown>>()
  readonly #requires = new Map<string, SelectionSetNode[]>()
  /** Graphs that answer a field, where not all that have its type do. */
  readonly #givers = new Map<string, unknown[]>()
  readonly #owners = new Map<string, string[]>()
  /** By what a plan calls a subgraph. */
  readonly #graphs = new Map<string, string>()

  constructor({ definitions }: DocumentNode) {
    for (const definition of definitions) this.#add(definition)
  }

  is(type: string, kind: string): boolean {
    return this.#kinds.is(type, kind)
  }

  isAbstract(type: string): boolean {
    return this.#kinds.hasMembers(type)
  }

  knows(service: string, type: string): boolean {
    return this.#joined.has(this.#at(service, type))
  }

  /** Whether a subgraph takes an object of this type for one of that. */
  isIn(service: string, type: string, kind: string): boolean {
    if (!this.#kinds.is(type, kind)) return false
    if (type === kind || !this.knows(service, type) || this.#objectIn(service, kind)) return true
    return this.#sayers.get(`${type} ${kind}`)?.has(this.#graphOf(service)) ?? true
  }

  /** What an object that a subgraph gives as one of this type may be. */
  possible(service: string, type: string): readonly string[] {
    if (!this.#kinds.hasMembers(type)) return [type]
    const all = [...this.#kinds.membersOf(type)].filter((each) => this.#isObject(each))
    if (this.#objectIn(service, type)) return all
    return all.filter((each) => this.knows(service, each) && this.isIn(service, each, type))
  }

  /** By what name a subgraph calls it: where it is an interface's object, by the interface's. */
  nameIn(service: string, type: string): string {
    if (this.knows(service, type)) return type
    return this.#kinds.kindsOf(type).find((each) => this.#objectIn(service, each)) ?? type
  }

  keysOf(service: string, type: string): readonly SelectionSetNode[] {
    return this.#joined.get(this.#at(service, type))?.keys ?? []
  }

  /** What a subgraph has to be sent for a field that it gives. */
  requiredBy(service: string, type: string, field: string): readonly SelectionSetNode[] {
    return this.#requires.get(`${this.#at(service, type)}.${field}`) ?? []
  }

  /** Subgraphs that may be asked for a field. */
  giversOf(type: string, field: string): readonly string[] {
    return (this.#givers.get(`${type}.${field}`) ?? this.#owners.get(type) ?? []).map(String)
  }

  #at(service: string, type: string): string {
    return `${this.#graphOf(service)} ${type}`
  }

  #graphOf(service: string): string {
    return this.#graphs.get(service) ?? service
  }

  #objectIn(service: string, type: string): boolean {
    return this.#joined.get(this.#at(service, type))?.isInterfaceObject ?? false
  }

  #isObject(type: string): boolean {
    return !this.#kinds.hasMembers(type) && !this.#hidden.has(type)
  }

  #add(definition: DefinitionNode): void {
    if (!('directives' in definition) || !('name' in definition) || !definition.name) return
    const name = definition.name.value
    for (const directive of definition.directives ?? []) this.#addOf(name, directive)
    for (const graph of graphsOf(definition)) this.#graphs.set(graph.name, graph.value)
    addKinds(definition, this.#kinds)
    if (
      definition.kind === Kind.OBJECT_TYPE_DEFINITION ||
      definition.kind === Kind.INTERFACE_TYPE_DEFINITION
    ) {
      this.#addFields(definition as ObjectTypeDefinitionNode)
    }
  }

  #addOf(type: string, directive: DirectiveNode): void {
    const { graph, key, resolvable, isInterfaceObject, ...more } = argumentsOf(directive)
    switch (directive.name.value) {
      case 'inaccessible':
        this.#hidden.add(type)
        return
      case 'join__type': {
        const at = `${graph} ${type}`
        const joined = this.#joined.get(at) ?? { keys: [], isInterfaceObject: false }
        if (typeof key === 'string' && resolvable !== false) joined.keys.push(setOf(key))
        joined.isInterfaceObject ||= isInterfaceObject === true
        this.#joined.set(at, joined)
        this.#owners.set(type, [...(this.#owners.get(type) ?? []), String(graph)])
        return
      }
      case 'join__implements':
        this.#say(`${type} ${more.interface}`, graph)
        return
      case 'join__unionMember':
        this.#say(`${more.member} ${type}`, graph)
    }
  }

  #say(what: string, graph: unknown): void {
    this.#sayers.set(what, (this.#sayers.get(what) ?? new Set()).add(graph))
  }

  #addFields({ name, fields = [] }: ObjectTypeDefinitionNode): void {
    for (const field of fields) {
      for (const directive of field.directives ?? []) {
        if (directive.name.value === 'join__field') {
          this.#addField(`${name.value}.${field.name.value}`, argumentsOf(directive))
        }
      }
    }
  }

  #addField(place: string, { graph, requires, external, usedOverridden }: Data): void {
    const givers = this.#givers.get(place) ?? []
    const isGiver = graph !== undefined && external !== true && usedOverridden !== true
    this.#givers.set(place, isGiver ? [...givers, graph] : givers)
    if (typeof requires !== 'string') return
    const at = `${graph} ${place}`
    this.#requires.set(at, [...(this.#requires.get(at) ?? []), setOf(requires)])
  }
}

function setOf(fields: string): SelectionSetNode {
  const [definition] = parse(`{ ${fields} }`, { noLocation: true }).definitions
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error(`No fields: ${fields}`)
  return definition.selectionSet
}
