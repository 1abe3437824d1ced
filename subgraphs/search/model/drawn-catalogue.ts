import { type Random, randomFrom } from '@shop/kit/learn/random'
import type { WordDocument } from './word-index.ts'

const syllables = 'ba ce di fo gu ha ki lo mu ne pi ra so tu va wi xo ya ze cho'.split(' ')
const vocabulary = 30_000

/**
 * Products without end, for measuring speed and memory and nothing else: names of 8 words and
 * descriptions of 12, drawn by Zipf's law, a brand of 200, a kind of 500 and a number of its own.
 */
export function* drawnCatalogue(seed: number): Generator<WordDocument> {
  const random = randomFrom(seed)
  for (let number = 0; ; number += 1) {
    const [brand, kind] = [random.below(200), random.below(500)]
    const model = `${wordOf(brand).slice(0, 2)}${number}`
    yield {
      id: `product-${number}`,
      fields: {
        title: `${wordOf(brand)} ${model} ${wordOf(vocabulary + kind)} ${drawnWords(random, 5)}`,
        description: drawnWords(random, 12),
      },
      facets: { brand: [wordOf(brand)], kind: [wordOf(vocabulary + kind)] },
      numbers: { price: 100 + random.below(100_000) },
    }
  }
}

/** What is asked: a brand and a kind, a kind and a word, or common words alone. */
export function drawnQuery(random: Random): string {
  const kind = wordOf(vocabulary + random.below(500))
  const asked = [
    `${wordOf(random.below(200))} ${kind}`,
    `${kind} ${drawnWords(random, 1)}`,
    drawnWords(random, 3),
  ]
  return asked[random.below(asked.length)] as string
}

const drawnWords = (random: Random, count: number) =>
  Array.from({ length: count }, () => wordOf(zipf(random))).join(' ')

/** Ranks of a vocabulary as words of a language have them: the chance falls with the rank. */
const zipf = (random: Random) => Math.floor(Math.exp(random.next() * Math.log(vocabulary)))

/** The word of a number: its digits as syllables, one more to keep them apart. */
function wordOf(number: number): string {
  let [word, rest] = ['', number + syllables.length]
  while (rest > 0) {
    word += syllables[rest % syllables.length]
    rest = Math.floor(rest / syllables.length)
  }
  return word
}
