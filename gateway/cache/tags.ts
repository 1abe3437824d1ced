import type { Shape } from '../answer/shapes.ts'
import { isData } from '../execute/values.ts'
import type { Data } from '../json.ts'
import type { Applied } from '../supergraph/applied.ts'

const key = /\{\$key\.(\w+)\}/g
/** An answer with more is tagged by its types. */
const mostTags = 500

/** Of an entity: by its keys, or, where one is not known, as any of its kind. */
export function tagsOfEntity(
  applied: Applied,
  type: string,
  read: (name: string) => unknown,
): string[] {
  return formatsOn(applied, type).map((format) => written(format, read))
}

const formatsOn = (applied: Applied, type: string): string[] =>
  applied
    .onType(type)
    .flatMap(({ name, given }) =>
      name === 'cacheTag' && typeof given.format === 'string' ? [given.format] : [],
    )

function written(format: string, read: (name: string) => unknown): string {
  return format.replaceAll(key, (_, name: string) => {
    const value = read(name)
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '*'
  })
}

/** Of a whole answer: of every field it asks for, and of every entity in its data. */
export function tagsOfAnswer(applied: Applied, root: Shape, data: Data): readonly string[] {
  const walk: Walk = { applied, tags: new Set() }
  ofShape(root, data, walk)
  return [...walk.tags]
}

interface Walk {
  readonly applied: Applied
  readonly tags: Set<string>
}

function ofShape(shape: Shape, data: Data, walk: Walk): void {
  const { applied, tags } = walk
  const type = typeof data.__typename === 'string' ? data.__typename : shape.type.name
  const read = (name: string) =>
    tags.size < mostTags && isItself(shape, name) ? data[name] : undefined
  for (const tag of tagsOfEntity(applied, type, read)) tags.add(tag)
  for (const field of shape.fields) {
    for (const { name, given } of applied.onField(shape.type.name, field.name)) {
      if (name === 'cacheTag') tags.add(String(given.format))
    }
    if (field.shapes) ofValue(field.shapes, data[field.key], walk)
  }
}

/** Whether what stands under a key's name is the key, and not another field under its name. */
const isItself = ({ fields }: Shape, name: string) =>
  fields.every((field) => field.key !== name || field.name === name)

function ofValue(shapes: ReadonlyMap<string, Shape>, value: unknown, walk: Walk): void {
  if (Array.isArray(value)) {
    for (const each of value) ofValue(shapes, each, walk)
    return
  }
  if (!isData(value)) return
  const [first] = shapes.values()
  const shape = shapes.get(String(value.__typename)) ?? first
  if (shape) ofShape(shape, value, walk)
}

/** An event of a subgraph, as much of it as says what it is about. */
export interface Announced {
  readonly name: string
  readonly aggregateId: string
  readonly data: Data
}

/** What an event makes untrue: `"catalog.product-changed:productId"` takes the key from its data. */
export class Purges {
  readonly #formats = new Map<
    string,
    { readonly format: string; readonly from: string | undefined }[]
  >()

  constructor(applied: Applied) {
    for (const [, { format, purgedBy }] of applied.fieldsWith('cacheTag')) {
      for (const said of Array.isArray(purgedBy) ? purgedBy.map(String) : []) {
        const [name = '', from] = said.split(':')
        const known = this.#formats.get(name) ?? []
        this.#formats.set(name, [...known, { format: String(format), from }])
      }
    }
  }

  get events(): readonly string[] {
    return [...this.#formats.keys()]
  }

  tagsFor({ name, aggregateId, data }: Announced): readonly string[] {
    const all = (this.#formats.get(name) ?? []).flatMap(({ format, from }) => [
      written(format, () => (from === undefined ? aggregateId : data[from])),
      written(format, () => undefined),
    ])
    return [...new Set(all)]
  }
}
