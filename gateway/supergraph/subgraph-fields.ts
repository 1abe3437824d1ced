import {
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InterfaceTypeDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parseType,
  type TypeNode,
} from 'graphql'
import { argumentsOf, graphsOf } from './directives.ts'

/** What types fields have, in the schemas of subgraphs. */
export class SubgraphFields {
  readonly #types = new Map<string, TypeNode>()
  readonly #composites = new Set<string>()
  readonly #objects = new Set<string>()
  /** By what a plan calls a subgraph. */
  readonly #graphs = new Map<string, string>()

  constructor({ definitions }: DocumentNode) {
    for (const definition of definitions) this.#add(definition)
  }

  /** Of `__typename`, and of what the supergraph does not name, there is none. */
  typeOf(service: string, type: string, field: string): TypeNode | undefined {
    const place = `${type}.${field}`
    const graph = this.#graphs.get(service) ?? service
    return this.#types.get(`${graph} ${place}`) ?? this.#types.get(place)
  }

  isComposite(type: string): boolean {
    return this.#composites.has(type)
  }

  isObject(type: string): boolean {
    return this.#objects.has(type)
  }

  #add(definition: DefinitionNode): void {
    switch (definition.kind) {
      case Kind.ENUM_TYPE_DEFINITION:
        for (const { name, value } of graphsOf(definition)) this.#graphs.set(name, value)
        return
      case Kind.UNION_TYPE_DEFINITION:
        this.#composites.add(definition.name.value)
        return
      case Kind.OBJECT_TYPE_DEFINITION:
        this.#objects.add(definition.name.value)
        this.#addType(definition)
        return
      case Kind.INTERFACE_TYPE_DEFINITION:
        this.#addType(definition)
    }
  }

  #addType({ name, fields = [] }: ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode): void {
    this.#composites.add(name.value)
    for (const field of fields) this.#addField(name.value, field)
  }

  #addField(parent: string, { name, type, directives = [] }: FieldDefinitionNode): void {
    const place = `${parent}.${name.value}`
    this.#types.set(place, type)
    for (const directive of directives) {
      if (directive.name.value !== 'join__field') continue
      const said = argumentsOf(directive)
      if (typeof said.type !== 'string') continue
      this.#types.set(`${said.graph} ${place}`, parseType(said.type, { noLocation: true }))
    }
  }
}

/** Lists and non-nulls taken off. */
export const namedIn = (type: TypeNode): string =>
  type.kind === Kind.NAMED_TYPE ? type.name.value : namedIn(type.type)
