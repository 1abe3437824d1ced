import type { Fault } from '../execute/faults.ts'
import { type AnswerPath, isData } from '../execute/values.ts'
import type { Compiled } from '../plan/compiled.ts'
import type { Shape, ShapeField } from './shapes.ts'

/**
 * What went wrong with what was asked. A field that was lifted to its interface is fetched for types
 * nobody asked it of, and what is wrong with it there is nobody's business.
 */
export function faultsOfAsked(
  faults: readonly Fault[],
  { asked, lifted }: Pick<Compiled, 'asked' | 'lifted'>,
  data: unknown,
): readonly Fault[] {
  if (lifted.size === 0) return faults
  return faults.filter(({ path }) => !path || isAsked(path, { asked, lifted, data }))
}

interface Asking extends Pick<Compiled, 'asked' | 'lifted'> {
  readonly data: unknown
}

function isAsked(path: AnswerPath, { asked, lifted, data }: Asking): boolean {
  let shape: Shape | undefined = asked.root
  let within: ShapeField['shapes'] = null
  let value: unknown = data
  for (const step of path) {
    if (typeof step === 'string') {
      if (within) shape = shapeOf(value, within)
      const field = shape?.fields.find(({ read }) => read === step)
      if (!field) return !lifted.has(step)
      within = field.shapes
    }
    value = valueAt(value, step)
  }
  return true
}

const valueAt = (value: unknown, step: string | number) => (isData(value) ? value[step] : undefined)

/** Of an object whose type is not known, the type that its field has. */
function shapeOf(value: unknown, shapes: ReadonlyMap<string, Shape>): Shape | undefined {
  const [first] = shapes.values()
  const name = isData(value) ? value.__typename : undefined
  return name === undefined ? first : shapes.get(String(name))
}
