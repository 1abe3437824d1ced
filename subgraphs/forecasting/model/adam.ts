/** Adam (Kingma and Ba, 2015), on weights that it changes in place. */
export function adam(weights: readonly Float64Array[]) {
  const first = weights.map((of) => new Float64Array(of.length))
  const second = weights.map((of) => new Float64Array(of.length))
  let taken = 0
  return {
    /** One step against the gradient, its length held to one. */
    take(gradients: readonly Float64Array[], rate: number): void {
      taken += 1
      const [fade1, fade2] = [1 - 0.9 ** taken, 1 - 0.999 ** taken]
      const shrink = 1 / Math.max(1, Math.sqrt(squares(gradients)))
      weights.forEach((of, part) => {
        const [m, v, gradient] = [first[part], second[part], gradients[part]] as Float64Array[]
        if (!m || !v || !gradient) return
        for (let i = 0; i < of.length; i += 1) {
          const slope = (gradient[i] as number) * shrink
          m[i] = 0.9 * (m[i] as number) + 0.1 * slope
          v[i] = 0.999 * (v[i] as number) + 0.001 * slope * slope
          of[i] =
            (of[i] as number) -
            (rate * ((m[i] as number) / fade1)) / (Math.sqrt((v[i] as number) / fade2) + 1e-8)
        }
      })
    },
  }
}

const squares = (parts: readonly Float64Array[]) =>
  parts.reduce((sum, part) => sum + part.reduce((of, value) => of + value * value, 0), 0)
