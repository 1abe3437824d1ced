import type { Matrix } from '@shop/kit/learn/matrix'
import { randomFrom } from '@shop/kit/learn/random'
import type { Products } from './products.ts'
import { whitening } from './triangular.ts'

/**
 * An orthonormal basis, [columns, size], of the directions in which the rows differ most from 0:
 * the principal ones where the rows are centred, by randomised subspace iteration (Halko,
 * Martinsson and Tropp, 2011, algorithm 4.4). Within the basis their order is left open.
 */
export async function leadingBasis(
  products: Products,
  rows: Matrix,
  { size, seed }: { size: number; seed: number },
): Promise<Matrix> {
  const random = randomFrom(seed)
  const values = Float32Array.from({ length: rows.columns * size }, () => random.normal())
  let basis: Matrix = { rows: rows.columns, columns: size, values }
  for (let round = 0; round < 4; round += 1) {
    const seen = await orthonormal(products, await products.times(rows, basis))
    basis = await orthonormal(products, await products.turnedTimes(rows, seen))
  }
  return basis
}

/** The same span, by Cholesky's factor of the Gram matrix, twice (Yamamoto et al., 2015). */
async function orthonormal(products: Products, columns: Matrix): Promise<Matrix> {
  const once = await orthogonal(products, columns)
  return await orthogonal(products, once)
}

async function orthogonal(products: Products, columns: Matrix): Promise<Matrix> {
  const size = columns.columns
  const gram = Float64Array.from((await products.turnedTimes(columns, columns)).values)
  const trace = gram.reduce((sum, each, i) => (i % (size + 1) === 0 ? sum + each : sum), 0)
  const ridge = (1e-6 * trace) / size + 1e-30
  for (let i = 0; i < size; i += 1) gram[i * (size + 1)] = (gram[i * (size + 1)] as number) + ridge
  const turn = Float32Array.from(whitening({ size, values: gram }).values)
  return await products.times(columns, { rows: size, columns: size, values: turn })
}
