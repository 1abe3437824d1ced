import { type DocumentNode, type FieldNode, Kind, visit } from 'graphql'

/**
 * What a client calls by the name of another field is fetched under a name of its own: planners read
 * keys and what is required by the names of fields, and would take the client's for them.
 */
export class OwnNames {
  readonly #names = new Map<string, string>()
  readonly #clients = new Map<string, string>()

  constructor(document: DocumentNode, fieldNames: ReadonlySet<string>) {
    const aliased: FieldNode[] = []
    const taken = new Set(fieldNames)
    visit(document, {
      Field(field) {
        if (!field.alias) return
        taken.add(field.alias.value)
        if (isMistakable(field, fieldNames)) aliased.push(field)
      },
    })
    for (const field of aliased) this.#add(field, taken)
  }

  get isEmpty(): boolean {
    return this.#names.size === 0
  }

  /** Under what a field's value stands in what was fetched. */
  of(field: FieldNode): string {
    const known = field.alias && this.#names.get(keyOf(field))
    return known ?? field.alias?.value ?? field.name.value
  }

  /** Back to what the client calls it. */
  clientsOf<Step extends string | number>(step: Step): Step | string {
    return (typeof step === 'string' ? this.#clients.get(step) : undefined) ?? step
  }

  within(document: DocumentNode): DocumentNode {
    return visit(document, {
      Field: (field) => {
        const name = this.of(field)
        const isSame = name === (field.alias ?? field.name).value
        return isSame ? undefined : { ...field, alias: { kind: Kind.NAME, value: name } }
      },
    })
  }

  #add(field: FieldNode, taken: Set<string>): void {
    const key = keyOf(field)
    if (this.#names.has(key)) return
    const alias = field.alias?.value ?? ''
    let name = `${alias.replace(/^_+/, '')}_as_${field.name.value}`
    while (taken.has(name)) name += '_'
    taken.add(name)
    this.#names.set(key, name)
    this.#clients.set(name, alias)
  }
}

const keyOf = ({ alias, name }: FieldNode) => `${alias?.value} ${name.value}`

function isMistakable({ alias, name }: FieldNode, fieldNames: ReadonlySet<string>): boolean {
  if (!alias || alias.value === name.value) return false
  return fieldNames.has(alias.value) || alias.value.startsWith('__')
}
