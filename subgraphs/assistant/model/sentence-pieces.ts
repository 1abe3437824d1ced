/** The encoder looks at so many pieces and no further. */
const mostPieces = 128
/** Text beyond this many characters could not fill the pieces that are looked at. */
const mostCharacters = 2_000
const unknown = 0
const reserved = 6

export type PieceList = readonly (readonly [piece: string, score: number])[]

/**
 * The numbers of the pieces a text is most probably made of: the unigram model of SentencePiece
 * (Kudo, 2018), by Viterbi's algorithm, with the choices of the encoder's own tokenizer where two
 * ways are equal. At most 128 numbers; none for a text without characters.
 */
export function sentencePieces(vocabulary: PieceList): (text: string) => number[] {
  const pieces = new Map(vocabulary.map(([piece, score], number) => [piece, { score, number }]))
  for (const [piece] of vocabulary.slice(0, reserved)) pieces.delete(piece)
  const longest = Math.max(...vocabulary.map(([piece]) => [...piece].length))
  return (text) => {
    const normal = text.slice(0, mostCharacters).toWellFormed().normalize('NFKC')
    if (normal.trim() === '') return []
    const symbols = [...`▁${normal.replaceAll(' ', '▁')}`]
    return backwards(symbols, forwards(symbols, pieces, longest)).slice(0, mostPieces)
  }
}

interface Step {
  score: number
  number: number
  length: number
}

/** For each end the best last piece. An unknown character scores 0, as if it were certain. */
function forwards(
  symbols: readonly string[],
  pieces: ReadonlyMap<string, { score: number; number: number }>,
  longest: number,
): Step[] {
  const best: Step[] = Array.from({ length: symbols.length + 1 }, () => ({
    score: 0,
    number: unknown,
    length: 1,
  }))
  const take = (end: number, step: Step) => {
    const known = best[end] as Step
    if (known.score === 0 || step.score >= known.score) best[end] = step
  }
  for (let from = 0; from < symbols.length; from += 1) {
    const before = (best[from] as Step).score
    let [piece, found] = ['', false]
    for (let length = 1; length <= longest && from + length <= symbols.length; length += 1) {
      piece += symbols[from + length - 1]
      const known = pieces.get(piece)
      if (!known) continue
      found = true
      take(from + length, { score: before + known.score, number: known.number, length })
    }
    if (!found) take(from + 1, { score: before, number: unknown, length: 1 })
  }
  return best
}

/** Unknown characters in a row are one unknown piece. */
function backwards(symbols: readonly string[], best: readonly Step[]): number[] {
  const numbers: number[] = []
  for (let end = symbols.length; end > 0; ) {
    const { number, length } = best[end] as Step
    if (number !== unknown || numbers.at(-1) !== unknown) numbers.push(number)
    end -= length
  }
  return numbers.reverse()
}
