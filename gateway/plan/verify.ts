import {
  type DocumentNode,
  type FieldNode,
  getOperationAST,
  Kind,
  parse,
  type SelectionSetNode,
} from 'graphql'
import { rootTypes } from '../supergraph/root-types.ts'
import { namedIn } from '../supergraph/subgraph-fields.ts'
import type { ToPlan } from './engine.ts'
import { type Fragment, type Fragments, fragmentOf, fragmentsIn } from './fragments.ts'
import { type Imagined, originOf } from './imagined.ts'
import { Imagining, type Schemas, TooMuch } from './imagining.ts'
import type { Plan } from './nodes.ts'

/** The first thing of an operation that a plan does not fetch, or takes something else for. */
export function missing(
  { query, operationName }: ToPlan,
  { node }: Plan,
  schemas: Schemas,
): string | null {
  const document = parse(query, { noLocation: true })
  const operation = getOperationAST(document, operationName)
  if (!operation) throw new Error('It is not known which operation is asked.')
  const imagining = new Imagining(rootTypes[operation.operation], schemas)
  try {
    if (node) imagining.run(node)
    return new Looking(document, schemas).missing(imagining.root, operation.selectionSet)
  } catch (error) {
    if (error instanceof TooMuch) return null
    throw error
  }
}

const mostSteps = 200_000

class Looking {
  readonly #schemas: Schemas
  readonly #fragments: Fragments
  #steps = 0

  constructor(document: DocumentNode, schemas: Schemas) {
    this.#schemas = schemas
    this.#fragments = fragmentsIn(document)
  }

  /** `within` is the type of the field that the object is of, where it may be of others. */
  missing(object: Imagined, set: SelectionSetNode, within = object.type): string | null {
    if (++this.#steps > mostSteps) throw new TooMuch('Too much is asked.')
    for (const selection of set.selections) {
      const lacks =
        selection.kind === Kind.FIELD
          ? this.#ofField(object, selection, within)
          : this.#ofFragment(object, fragmentOf(selection, this.#fragments), within)
      if (lacks !== null) return lacks
    }
    return null
  }

  #ofFragment(object: Imagined, { on, set }: Fragment, within: string): string | null {
    const type = on ?? within
    if (type !== within && !isNamed(object, within)) return `which type ${object.type} is`
    return this.#schemas.types.is(object.type, type) ? this.missing(object, set, within) : null
  }

  #ofField(object: Imagined, field: FieldNode, within: string): string | null {
    const place = `${object.type}.${originOf(field)}`
    if (field.name.value === '__typename') return isNamed(object, within) ? null : place
    const value = object.fields.get((field.alias ?? field.name).value)
    if (value?.origin !== originOf(field)) return place
    if (!field.selectionSet) return null
    const type = this.#schemas.fields.typeOf('', object.type, field.name.value)
    for (const each of value.objects.values()) {
      const inner = this.missing(each, field.selectionSet, type && namedIn(type))
      if (inner !== null) return inner
    }
    return null
  }
}

const isNamed = ({ name, type }: Imagined, within: string) => within === type || name === type
