/** What a shopper types is cut here before anything is done with it; a pasted book is no question. */
export const longestText = 4_000

const word = /[\p{L}\p{N}]+(?:'[\p{L}]+)*/gu

/**
 * Lower case without marks, apostrophes made one; control characters and broken surrogates are
 * spaces (Unicode UAX 15, form KD). Never throws.
 */
export const folded = (text: string): string =>
  text
    .slice(0, longestText)
    .toWellFormed()
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[’ʼ`´]/g, "'")
    .toLowerCase()

export const wordsOf = (text: string): string[] => folded(text).match(word) ?? []

/** Words, pairs of words, and two to five characters within a word, its ends marked by a space. */
export function gramsOf(text: string): string[] {
  const words = wordsOf(text)
  const pairs = words.slice(1).map((second, i) => `${words[i]} ${second}`)
  const parts = words.flatMap((each) => charactersOf(` ${each} `))
  return [...words, ...pairs].map((gram) => `w${gram}`).concat(parts)
}

function charactersOf(padded: string): string[] {
  const parts: string[] = []
  for (let length = 2; length <= 5; length += 1) {
    for (let at = 0; at + length <= padded.length; at += 1) {
      parts.push(`c${padded.slice(at, at + length)}`)
    }
  }
  return parts
}

const silent = new Set(
  `a an and any are as at be been but by can could did do does for from get had has have how i if
  in is it its me my of on or our so some that the their them there these they this those to was
  we were what when where which who will with would you your`.split(/\s+/),
)

/** The words that carry a question, roughly stemmed: plural, -ing, -ed and -ly go, as far as 4 letters stay. */
export const termsOf = (text: string): string[] =>
  wordsOf(text)
    .filter((each) => !silent.has(each))
    .map(stem)

export function stem(each: string): string {
  const bare = each.replace(/'s?$/, '')
  if (bare.length < 4 || /\d/.test(bare)) return bare
  const cut = bare.replace(/(?:ies)$/, 'y').replace(/(?:ings?|ed|ly|es|s|e)$/, '')
  return cut.length >= 3 ? cut : bare
}
