import { type DocumentNode, type FieldNode, Kind, print, visit } from 'graphql'
import type { RequiredNames } from '../supergraph/required-names.ts'

export interface KnownNames {
  readonly required: RequiredNames
  /** Of all fields. */
  readonly fieldNames: ReadonlySet<string>
  /** Of fields that are asked of an interface in place of its types. */
  readonly interfaceFieldNames: ReadonlySet<string>
}

/**
 * What a client calls by the name of another field is fetched under a name of its own: planners read
 * keys and what is required by the names of fields, and would take the client's for them. So is what
 * two types call by one name, where it is asked of their interface and would stand beside the other.
 */
export class OwnNames {
  readonly #names = new Map<string, string>()
  readonly #clients = new Map<string, string>()

  constructor(document: DocumentNode, { fieldNames, interfaceFieldNames, required }: KnownNames) {
    const fields: FieldNode[] = []
    visit(document, {
      Field(field) {
        fields.push(field)
      },
    })
    const taken = new Set([...fieldNames, ...fields.map(calledBy)])
    const isShared = interfaceFieldNames.size > 0 ? sharedIn(fields) : () => false
    for (const field of fields) {
      const isOfInterface = interfaceFieldNames.has(field.name.value) && isShared(field)
      if (isOfInterface || isMistakable(field, fieldNames) || isUnlike(field, required)) {
        this.#add(field, taken)
      }
    }
  }

  get isEmpty(): boolean {
    return this.#names.size === 0
  }

  /** Under what a field's value stands in what was fetched. */
  of(field: FieldNode): string {
    return (this.isEmpty ? undefined : this.#names.get(keyOf(field))) ?? calledBy(field)
  }

  /** Back to what the client calls it. */
  clientsOf<Step extends string | number>(step: Step): Step | string {
    return (typeof step === 'string' ? this.#clients.get(step) : undefined) ?? step
  }

  within(document: DocumentNode): DocumentNode {
    return visit(document, {
      Field: (field) => {
        const name = this.of(field)
        return name === calledBy(field)
          ? undefined
          : { ...field, alias: { kind: Kind.NAME, value: name } }
      },
    })
  }

  #add(field: FieldNode, taken: Set<string>): void {
    const key = keyOf(field)
    if (this.#names.has(key)) return
    const alias = calledBy(field)
    let name = `${alias.replace(/^_+/, '')}_as_${field.name.value}`
    while (taken.has(name)) name += '_'
    taken.add(name)
    this.#names.set(key, name)
    this.#clients.set(name, alias)
  }
}

const calledBy = ({ alias, name }: FieldNode) => (alias ?? name).value

const keyOf = (field: FieldNode) => `${calledBy(field)} ${askedBy(field)}`

/** What is asked, whatever it is called. */
const askedBy = ({ name, arguments: given = [] }: FieldNode) =>
  given.length > 0 ? `${name.value}(${given.map(print).join()})` : name.value

/** Whether something else is called the same somewhere in the document. */
function sharedIn(fields: readonly FieldNode[]): (field: FieldNode) => boolean {
  const asked = new Map<string, string>()
  const shared = new Set<string>()
  for (const field of fields) {
    const name = calledBy(field)
    const known = asked.get(name) ?? askedBy(field)
    if (known !== askedBy(field)) shared.add(name)
    asked.set(name, known)
  }
  return (field) => shared.has(calledBy(field))
}

/** What is required may be asked with other arguments, under the same name. */
const isUnlike = ({ alias, name, arguments: given = [] }: FieldNode, required: RequiredNames) =>
  (alias ?? name).value === name.value &&
  (required.withArguments.has(name.value) || (given.length > 0 && required.all.has(name.value)))

function isMistakable({ alias, name }: FieldNode, fieldNames: ReadonlySet<string>): boolean {
  if (!alias || alias.value === name.value) return false
  return fieldNames.has(alias.value) || alias.value.startsWith('__')
}
