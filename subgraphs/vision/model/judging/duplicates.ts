import { readFileSync } from 'node:fs'
import { statisticWithInterval } from '@shop/kit/learn/bootstrap'
import { matrixOf } from '@shop/kit/learn/matrix'
import type { Random } from '@shop/kit/learn/random'
import type { Figure, Metric } from '@shop/kit/learn/report'
import { compared, cosine, type Duplicate, type Traits } from '../duplicates.ts'
import { Eyes } from '../embedding/eyes.ts'
import type { Products } from '../learned/products.ts'
import { placed, type Space } from '../learned/space.ts'
import { decoded } from '../picture/decode.ts'
import { hashesOf } from '../picture/hashes.ts'
import type { Photo } from '../sets.ts'
import { type Alteration, alterations, altered } from './altered.ts'

interface Looking {
  readonly products: Products
  readonly folder: string
  /** Of the fast path. */
  readonly space: Space
}

interface Pair extends Duplicate {
  readonly alteration: Alteration
  readonly isOne: boolean
}

const originals = 100

/**
 * Whether copies of photographs are told from other photographs. Each copy is compared with what
 * it was made from, with the other photograph that is most like it, and with one by chance.
 */
export async function judgedDuplicates(
  looking: Looking,
  photos: readonly Photo[],
  random: Random,
): Promise<Metric[]> {
  const eyes = new Eyes(looking.folder)
  const files = random.shuffled(photos).slice(0, originals)
  const known = await Promise.all(
    files.map(({ file }) => traitsOf(looking, eyes, readFileSync(file))),
  )
  const groups: Pair[][] = []
  for (const [i, { file }] of files.entries()) {
    const group: Pair[] = []
    for (const alteration of alterations) {
      const copy = await altered(readFileSync(file), alteration, random)
      const traits = await traitsOf(looking, eyes, copy)
      const others = [
        i,
        mostLike(traits, known, i),
        (i + 1 + random.below(known.length - 1)) % known.length,
      ]
      for (const other of others) {
        const pair = compared(traits, known[other] as Traits)
        group.push({ ...pair, alteration, isOne: other === i })
      }
    }
    groups.push(group)
  }
  return metricsOf(groups, random)
}

async function traitsOf({ products, space }: Looking, eyes: Eyes, bytes: Buffer): Promise<Traits> {
  const picture = await decoded(bytes)
  if (picture.kind === 'PictureRefused') throw new Error(picture.message)
  const { features } = await eyes.glance(picture)
  const { vectors } = await placed(products, space, matrixOf([features]))
  return { hashes: await hashesOf(picture), vector: vectors.values }
}

function mostLike(traits: Traits, known: readonly Traits[], not: number): number {
  const likeness = known.map(({ vector }, i) => (i === not ? -2 : cosine(vector, traits.vector)))
  return likeness.indexOf(Math.max(...likeness))
}

type Rule = (pair: Pair) => boolean

function metricsOf(groups: readonly Pair[][], random: Random): Metric[] {
  const figure = (rule: Rule, of: readonly Alteration[]): Figure => {
    const kept = groups.map((group) => group.filter(({ alteration }) => of.includes(alteration)))
    return statisticWithInterval(kept, (sample) => f1(sample.flat(), rule), random)
  }
  const metric = (name: string, of: readonly Alteration[], floor?: number): Metric => ({
    name: `duplicates F1 ${name}`,
    ...figure(({ isDuplicate }) => isDuplicate, of),
    ...(floor !== undefined && { floor }),
    higherIsBetter: true,
    scored: 3 * of.length * groups.length,
    baselines: {
      'hashes alone, 0.24 of bits': figure((pair) => pair.difference <= 0.24, of),
      'cosine alone, 0.95': figure(({ likeness }) => likeness >= 0.95, of),
    },
  })
  return [
    metric('under crop, JPEG and resize', alterations, 0.98),
    ...alterations.map((each) => metric(`under ${each}`, [each])),
  ]
}

function f1(pairs: readonly Pair[], rule: Rule): number {
  const said = pairs.filter(rule)
  const right = said.filter(({ isOne }) => isOne).length
  return (2 * right) / (said.length + pairs.filter(({ isOne }) => isOne).length)
}
