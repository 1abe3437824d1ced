import { minimize } from '@shop/kit/learn/minimize'

/**
 * The positive numbers at which a mean log-likelihood is highest, from these. They are moved on a
 * log scale, by differences, and drawn weakly towards 1, so that too few rows drive none to 0.
 */
export function fitted(
  start: readonly number[],
  logLikelihood: (numbers: readonly number[]) => number,
): number[] {
  const point = Float64Array.from(start, Math.log)
  const loss = (at: Float64Array) => {
    const value = -logLikelihood(Array.from(at, Math.exp))
    const pull = at.reduce((sum, each) => sum + each * each, 0) * 1e-4
    return Number.isFinite(value) ? value + pull : 1e6 + pull
  }
  const step = 1e-5
  const smooth = (at: Float64Array, gradient: Float64Array) => {
    for (let i = 0; i < at.length; i += 1) {
      const [up, down] = [at.slice(), at.slice()]
      up[i] = (at[i] as number) + step
      down[i] = (at[i] as number) - step
      gradient[i] = (loss(up) - loss(down)) / (2 * step)
    }
    return loss(at)
  }
  minimize(smooth, point, { rounds: 100, tolerance: 1e-6 })
  return Array.from(point, Math.exp)
}
