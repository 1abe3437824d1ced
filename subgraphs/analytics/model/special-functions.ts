const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313,
  -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6,
  1.5056327351493116e-7,
]

/** ln Γ(x) of x > 0, by Lanczos' approximation (g = 7, nine terms): about fifteen digits. */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x)
  const base = x + 6.5
  let sum = lanczos[0] as number
  for (let i = 1; i < lanczos.length; i += 1) sum += (lanczos[i] as number) / (x - 1 + i)
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(base) - base + Math.log(sum)
}

/** Gauss' ₂F₁(a, b; c; z) of 0 ≤ z < 1, by its series. */
export function hypergeometric([a, b, c]: readonly [number, number, number], z: number): number {
  let [term, sum] = [1, 1]
  for (let n = 0; n < 10_000 && Math.abs(term) > 1e-12 * Math.abs(sum); n += 1) {
    term *= (((a + n) * (b + n)) / ((c + n) * (n + 1))) * z
    sum += term
  }
  return sum
}
