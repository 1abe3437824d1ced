import snowball from 'snowball-stemmers'

/** Too short for an ending, or with digits, and a word is its own stem. */
const stemmable = /^\p{L}{3,}$/u
const remembered = 50_000

export type Stem = (word: string) => string

/**
 * Porter's second English stemmer (Snowball), with the stems of common words remembered. Words of
 * a catalogue come by the million and few are new, so the memory is emptied rather than managed.
 */
export function englishStems(): Stem {
  const stemmer = snowball.newStemmer('english')
  const known = new Map<string, string>()
  return (word) => {
    if (!stemmable.test(word)) return word
    const seen = known.get(word)
    if (seen !== undefined) return seen
    const stem = stemmer.stem(word)
    if (known.size >= remembered) known.clear()
    known.set(word, stem)
    return stem
  }
}
