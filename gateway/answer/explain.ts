import { type GraphQLOutputType, isListType, isNonNullType, isObjectType } from 'graphql'
import type { AnswerPath } from '../execute/values.ts'
import type { Data } from '../json.ts'
import { hold } from './conditions.ts'
import { leafWriters } from './leaves.ts'
import type { Shape, ShapeField } from './shapes.ts'

/** Why something in an answer is null that was not null in the data, or may not be. */
export interface Completion {
  readonly message: string
  readonly path: AnswerPath
}

interface Walk {
  readonly variables: Data
  readonly typeNames: ReadonlySet<string>
  readonly found: Completion[]
}

/** `null` for a value that its parent must do without, and whether that was told already. */
interface Outcome {
  readonly isNull: boolean
  readonly isTold: boolean
}

const fine: Outcome = { isNull: false, isTold: false }
const absent: Outcome = { isNull: true, isTold: false }
const told: Outcome = { isNull: true, isTold: true }

/** Walks the data once more, slowly, to tell where and why the written answer has nulls in place of data. */
export function explain(
  shape: Shape,
  data: Data,
  more: Pick<Walk, 'variables' | 'typeNames'>,
): readonly Completion[] {
  const walk = { ...more, found: [] }
  ofObject(shape, data, { walk, path: [] })
  return walk.found
}

interface Place {
  readonly walk: Walk
  readonly path: AnswerPath
}

/** False when the object has to be null. */
function ofObject(shape: Shape, data: Data, place: Place): boolean {
  return shape.fields
    .filter((field) => isAnswered(field, place.walk))
    .every((field) => ofField(field, { shape, data, place }))
}

const isAnswered = ({ conditions }: ShapeField, { variables }: Walk) =>
  conditions === null || conditions.some((each) => hold(each, variables))

function ofField(
  field: ShapeField,
  { shape, data, place }: { shape: Shape; data: Data; place: Place },
): boolean {
  if (field.name === '__typename') return isObjectType(shape.type)
  if (field.name.startsWith('__')) return true
  const isThere = !field.isDenied && Object.hasOwn(data, field.read)
  const value = isThere ? data[field.read] : undefined
  const name = `field ${shape.type.name}.${field.key}`
  const path = [...place.path, field.key]
  const { isNull } = ofValue(value, field.type, { walk: place.walk, path, field, name })
  return !isNull || !isNonNullType(field.type)
}

interface ValuePlace extends Place {
  readonly field: ShapeField
  /** What stands here, in a client's words. */
  readonly name: string
}

function ofValue(value: unknown, type: GraphQLOutputType, place: ValuePlace): Outcome {
  if (isNonNullType(type)) {
    const outcome = ofValue(value, type.ofType, place)
    if (!outcome.isNull) return outcome
    if (!outcome.isTold) tell(place, `Cannot return null for non-nullable ${place.name}.`)
    return told
  }
  if (value === null || value === undefined) return absent
  if (isListType(type)) return ofList(value, type.ofType, place)
  return place.field.shapes
    ? ofComposite(value, place.field.shapes, place)
    : ofLeaf(value, type, place)
}

function ofList(value: unknown, type: GraphQLOutputType, place: ValuePlace): Outcome {
  if (!Array.isArray(value)) return wrong(place)
  let outcome = fine
  value.forEach((each, index) => {
    const inner = isNonNullType(type) ? type.ofType : type
    const name = `array element of type ${inner} at index ${index}`
    const one = ofValue(each, type, { ...place, path: [...place.path, index], name })
    if (one.isNull && isNonNullType(type)) outcome = told
  })
  return outcome
}

function ofComposite(
  value: unknown,
  shapes: ReadonlyMap<string, Shape>,
  place: ValuePlace,
): Outcome {
  if (typeof value !== 'object') return wrong(place)
  const data = value as Data
  const name = data.__typename
  const shape = shapeFor(name, shapes, place.walk)
  if (!shape) {
    tell(place, `Invalid __typename found for object at ${place.name}.`)
    return told
  }
  return ofObject(shape, data, place) ? fine : told
}

function shapeFor(name: unknown, shapes: ReadonlyMap<string, Shape>, { typeNames }: Walk) {
  const [first] = shapes.values()
  if (name === undefined) return first
  const known = shapes.get(String(name))
  if (known) return known
  return shapes.size === 1 && typeNames.has(String(name)) ? first : undefined
}

function ofLeaf(value: unknown, type: GraphQLOutputType, place: ValuePlace): Outcome {
  const noted = { isWrong: false, introspected: {} }
  if ('getValues' in type) {
    const values = new Set(type.getValues().map(({ name }) => name))
    leafWriters.wEnum?.(value, noted, values)
  } else leafWriters[`w${type}`]?.(value, noted)
  return noted.isWrong ? wrong(place) : fine
}

function wrong(place: ValuePlace): Outcome {
  tell(place, `Invalid value found for ${place.name}.`)
  return told
}

function tell({ walk, path }: Place, message: string): void {
  walk.found.push({ message, path })
}
