import { type DefinitionNode, Kind, parse } from 'graphql'
import { Applied } from './applied.ts'
import { graphsOf, textArguments } from './directives.ts'
import { type InterfaceFields, interfaceFieldsIn } from './interface-fields.ts'
import { fieldsThatNeedSession } from './sessions.ts'

/** What a supergraph says of itself, read from its text without judging it. */
export interface Supergraph {
  readonly sdl: string
  /** By a subgraph's name, and by its name in `join__Graph`. */
  readonly addresses: ReadonlyMap<string, string>
  /** The name by either of the two. */
  readonly names: ReadonlyMap<string, string>
  readonly kinds: Kinds
  /** What the names of types of linked specifications begin with: they are nobody's API. */
  readonly namespaces: ReadonlySet<string>
  /** Mutations that are run for somebody with a shop session. */
  readonly needSession: ReadonlySet<string>
  /** Of all its types, those clients do not see among them. */
  readonly fieldNames: ReadonlySet<string>
  readonly interfaceFields: InterfaceFields
  /** What its types and fields say of themselves. */
  readonly applied: Applied
}

/** Which types are of which: an object's own name is not among its kinds. */
export class Kinds {
  readonly #members = new Map<string, Set<string>>()

  add(kind: string, member: string): void {
    const members = this.#members.get(kind)
    if (members) members.add(member)
    else this.#members.set(kind, new Set([member]))
  }

  membersOf(kind: string): Iterable<string> {
    return this.#members.get(kind) ?? []
  }

  kindsOf(member: string): string[] {
    return [...this.#members].flatMap(([kind, members]) => (members.has(member) ? [kind] : []))
  }

  hasMembers(kind: string): boolean {
    return this.#members.has(kind)
  }

  is(type: string, kind: string): boolean {
    return type === kind || (this.#members.get(kind)?.has(type) ?? false)
  }
}

export function readSupergraph(sdl: string): Supergraph {
  const { definitions } = parse(sdl, { noLocation: true })
  const addresses = new Map<string, string>()
  const names = new Map<string, string>()
  const kinds = new Kinds()
  const namespaces = new Set(['join', 'link', 'core'])
  for (const definition of definitions) {
    addKinds(definition, kinds)
    addNamespaces(definition, namespaces)
    for (const { value, name, url } of graphsOf(definition)) {
      addresses.set(name, url).set(value, url)
      names.set(name, name).set(value, name)
    }
  }
  if (names.size === 0) throw new Error('The file names no subgraph: it is not a supergraph.')
  const needSession = fieldsThatNeedSession(definitions)
  return {
    sdl,
    addresses,
    names,
    kinds,
    namespaces,
    needSession,
    fieldNames: fieldNamesIn(definitions),
    interfaceFields: interfaceFieldsIn(definitions),
    applied: new Applied(definitions),
  }
}

function fieldNamesIn(definitions: readonly DefinitionNode[]): Set<string> {
  return new Set(
    definitions.flatMap((definition) =>
      definition.kind === Kind.OBJECT_TYPE_DEFINITION ||
      definition.kind === Kind.INTERFACE_TYPE_DEFINITION
        ? (definition.fields ?? []).map(({ name }) => name.value)
        : [],
    ),
  )
}

/** What an object implements, and what a union is made of. */
export function addKinds(definition: DefinitionNode, kinds: Kinds): void {
  if (
    definition.kind === Kind.OBJECT_TYPE_DEFINITION ||
    definition.kind === Kind.INTERFACE_TYPE_DEFINITION
  ) {
    for (const { name } of definition.interfaces ?? []) {
      kinds.add(name.value, definition.name.value)
    }
  }
  if (definition.kind === Kind.UNION_TYPE_DEFINITION) {
    for (const { name } of definition.types ?? []) kinds.add(definition.name.value, name.value)
  }
}

function addNamespaces(definition: DefinitionNode, namespaces: Set<string>): void {
  if (definition.kind !== Kind.SCHEMA_DEFINITION) return
  for (const link of definition.directives ?? []) {
    const said = textArguments(link)
    const url = said.get('url') ?? said.get('feature')
    // https://specs.apollo.dev/join/v0.5: the last part but the version.
    const name = said.get('as') ?? url?.split('/').findLast((part) => !/^v[\d.]+$/.test(part))
    if (name) namespaces.add(name)
  }
}
