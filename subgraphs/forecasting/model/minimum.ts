interface Search {
  readonly start: readonly number[]
  /** How far the first simplex reaches along each axis. */
  readonly step: readonly number[]
  readonly rounds?: number
}

type Point = { at: number[]; value: number }

/** The downhill simplex of Nelder and Mead (1965): a low point of `of`, found without chance. */
export function minimum(of: (at: readonly number[]) => number, search: Search): number[] {
  const { start, step, rounds = 200 } = search
  const point = (at: number[]): Point => ({ at, value: of(at) })
  const simplex = [point([...start])]
  start.forEach((_, axis) => {
    simplex.push(point(start.map((value, i) => value + (i === axis ? (step[i] ?? 1) : 0))))
  })
  for (let round = 0; round < rounds; round += 1) {
    simplex.sort((a, b) => a.value - b.value)
    const [best, worst] = [simplex[0] as Point, simplex.at(-1) as Point]
    if (worst.value - best.value <= 1e-7 * (Math.abs(best.value) + 1e-12)) break
    moveWorst(simplex, point)
  }
  return simplex.sort((a, b) => a.value - b.value)[0]?.at ?? [...start]
}

function moveWorst(simplex: Point[], point: (at: number[]) => Point): void {
  const last = simplex.length - 1
  const [best, second, worst] = [simplex[0], simplex[last - 1], simplex[last]] as [
    Point,
    Point,
    Point,
  ]
  const centre = best.at.map((_, axis) => {
    let sum = 0
    for (let i = 0; i < last; i += 1) sum += simplex[i]?.at[axis] ?? 0
    return sum / last
  })
  const along = (by: number) =>
    point(centre.map((value, axis) => value + by * ((worst.at[axis] ?? 0) - value)))

  const reflected = along(-1)
  if (reflected.value < best.value) {
    const further = along(-2)
    simplex[last] = further.value < reflected.value ? further : reflected
    return
  }
  if (reflected.value < second.value) {
    simplex[last] = reflected
    return
  }
  const nearer = along(reflected.value < worst.value ? -0.5 : 0.5)
  if (nearer.value < Math.min(reflected.value, worst.value)) {
    simplex[last] = nearer
    return
  }
  for (let i = 1; i <= last; i += 1) {
    const shrunk = simplex[i]?.at.map((value, axis) => (value + (best.at[axis] ?? 0)) / 2) ?? []
    simplex[i] = point(shrunk)
  }
}
