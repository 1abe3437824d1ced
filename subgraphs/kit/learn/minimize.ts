/** A smooth function: its value at a point, its gradient written into `gradient`. */
export type Smooth = (point: Float64Array, gradient: Float64Array) => number

export interface Minimizing {
  readonly rounds: number
  /** It ends where no part of the gradient is larger. */
  readonly tolerance: number
}

interface Step {
  readonly moved: Float64Array
  readonly turned: Float64Array
  readonly scale: number
}

const kept = 10

/**
 * L-BFGS (Nocedal, 1980; two-loop recursion of Nocedal and Wright, 2006, algorithm 7.4) with a
 * backtracking search for Armijo's condition; steps that would bend the model wrongly are left.
 * Changes `point` and gives the last value.
 */
export function minimize(smooth: Smooth, point: Float64Array, settings: Minimizing): number {
  let gradient = new Float64Array(point.length)
  let value = smooth(point, gradient)
  const steps: Step[] = []
  let stalled = 0
  for (
    let round = 0;
    round < settings.rounds && largest(gradient) > settings.tolerance;
    round += 1
  ) {
    const direction = downhill(gradient, steps)
    const found = searched(smooth, { point, value, gradient, direction, first: steps.length === 0 })
    if (!found) break
    // Where rounding hides all progress there is none to be made.
    stalled = value - found.value > 1e-15 * Math.abs(value) ? 0 : stalled + 1
    if (stalled > 3) break
    remember(steps, less(found.point, point), less(found.gradient, gradient))
    point.set(found.point)
    gradient = found.gradient
    value = found.value
  }
  return value
}

function remember(steps: Step[], moved: Float64Array, turned: Float64Array): void {
  const bend = dot(moved, turned)
  if (bend > 1e-12 * dot(turned, turned)) steps.push({ moved, turned, scale: 1 / bend })
  if (steps.length > kept) steps.shift()
}

const less = (a: Float64Array, b: Float64Array) => a.map((each, i) => each - (b[i] as number))

function downhill(gradient: Float64Array, steps: readonly Step[]): Float64Array {
  const direction = gradient.map((each) => -each)
  const weights = steps.toReversed().map(({ moved, turned, scale }) => {
    const weight = scale * dot(moved, direction)
    add(direction, turned, -weight)
    return weight
  })
  const last = steps.at(-1)
  if (last) {
    const size = 1 / (last.scale * dot(last.turned, last.turned))
    for (let i = 0; i < direction.length; i += 1) direction[i] = size * (direction[i] as number)
  }
  for (const { moved, turned, scale } of steps) {
    add(direction, moved, (weights.pop() as number) - scale * dot(turned, direction))
  }
  return direction
}

interface Search {
  point: Float64Array
  value: number
  gradient: Float64Array
  direction: Float64Array
  first: boolean
}

function searched(smooth: Smooth, { point, value, gradient, direction, first }: Search) {
  const slope = dot(gradient, direction)
  if (!(slope < 0)) return undefined
  let length = first ? Math.min(1, 1 / Math.sqrt(dot(gradient, gradient))) : 1
  for (let tries = 0; tries < 40; tries += 1) {
    const next = point.slice()
    add(next, direction, length)
    const turned = new Float64Array(point.length)
    const reached = smooth(next, turned)
    if (reached <= value + 1e-4 * length * slope) {
      return { point: next, value: reached, gradient: turned }
    }
    length /= 2
  }
  return undefined
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i += 1) sum += (a[i] as number) * (b[i] as number)
  return sum
}

function add(to: Float64Array, from: Float64Array, times: number): void {
  for (let i = 0; i < to.length; i += 1) {
    to[i] = (to[i] as number) + times * (from[i] as number)
  }
}

const largest = (values: Float64Array) =>
  values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
