import { type AnswerPath, isData } from '../execute/values.ts'
import type { Data } from '../json.ts'
import { hold } from './conditions.ts'
import type { Shape, ShapeField } from './shapes.ts'

/** More than these are told of by none: the first say enough. */
const mostPlaces = 100

interface Walk {
  readonly variables: Data
  readonly found: AnswerPath[]
  /** Whether there is anything denied in a shape, or below it. */
  readonly holds: Map<Shape, boolean>
}

/** Where in the answer something is null because it is not for who asks. */
export function deniedPlaces(root: Shape, data: Data, variables: Data): readonly AnswerPath[] {
  const walk: Walk = { variables, found: [], holds: new Map() }
  ofObject(root, { data, path: [] }, walk)
  return walk.found
}

interface Place {
  readonly data: unknown
  readonly path: AnswerPath
}

function ofObject(shape: Shape, { data, path }: Place, walk: Walk): void {
  if (!holdsAny(shape, walk)) return
  for (const field of shape.fields) {
    if (walk.found.length >= mostPlaces) return
    if (!isAnswered(field, walk)) continue
    const at = [...path, field.key]
    if (field.isDenied) walk.found.push(at)
    else if (field.shapes)
      ofValue(field.shapes, { data: (data as Data)[field.read], path: at }, walk)
  }
}

function ofValue(shapes: ReadonlyMap<string, Shape>, { data, path }: Place, walk: Walk): void {
  if (!isData(data)) return
  if (Array.isArray(data)) {
    data.forEach((each, index) => {
      ofValue(shapes, { data: each, path: [...path, index] }, walk)
    })
    return
  }
  const [first] = shapes.values()
  const shape = shapes.get(String(data.__typename)) ?? first
  if (shape) ofObject(shape, { data, path }, walk)
}

const isAnswered = ({ conditions }: ShapeField, { variables }: Walk) =>
  conditions === null || conditions.some((each) => hold(each, variables))

function holdsAny(shape: Shape, walk: Walk): boolean {
  const known = walk.holds.get(shape)
  if (known !== undefined) return known
  walk.holds.set(shape, false)
  const holds = shape.fields.some(
    ({ isDenied, shapes }) =>
      isDenied || [...(shapes?.values() ?? [])].some((each) => holdsAny(each, walk)),
  )
  walk.holds.set(shape, holds)
  return holds
}
