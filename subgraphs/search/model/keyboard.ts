/** Rows of a keyboard, each key half a key right of the row above (QWERTY). */
const rows = ['1234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm']

const places = new Map(
  rows.flatMap((row, y) => [...row].map((key, x) => [key, [x + y / 2, y] as const] as const)),
)

const nearby = 0.6
const vowels = new Set('aeiou')

/** What it costs to have typed `typed` for `meant`: less for a neighbouring key or another vowel. */
export function slipCost(typed: string, meant: string): number {
  const [a, b] = [places.get(typed), places.get(meant)]
  if (a && b && Math.hypot(a[0] - b[0], a[1] - b[1]) < 1.3) return nearby
  return vowels.has(typed) && vowels.has(meant) ? 0.8 : 1
}

const swapped = 0.7
const doubled = 0.5
const first = 0.1

/**
 * The cost of the edits between what was typed and what was meant (Damerau, 1964, restricted):
 * one each, less for slips of the finger, a swap, or a letter doubled or not; more in the first.
 */
export function typingCost(typed: string, meant: string): number {
  let [before, last] = [
    new Float64Array(0),
    Float64Array.from({ length: meant.length + 1 }, (_, j) => j),
  ]
  for (let i = 1; i <= typed.length; i += 1) {
    const row = new Float64Array(meant.length + 1)
    row[0] = i
    for (let j = 1; j <= meant.length; j += 1) {
      row[j] = Math.min(
        (last[j - 1] as number) + replacing(typed, i, { meant, j }),
        (last[j] as number) + repeating(typed, i),
        (row[j - 1] as number) + repeating(meant, j),
        isSwap(typed, i, { meant, j }) ? (before[j - 2] as number) + swapped : Infinity,
      )
    }
    ;[before, last] = [last, row]
  }
  const start = typed[0] === meant[0] ? 0 : first
  return (last[meant.length] as number) + start
}

interface Meant {
  meant: string
  j: number
}

function replacing(typed: string, i: number, { meant, j }: Meant): number {
  const [a, b] = [typed[i - 1] as string, meant[j - 1] as string]
  return a === b ? 0 : slipCost(a, b)
}

const repeating = (word: string, i: number) => (i > 1 && word[i - 1] === word[i - 2] ? doubled : 1)

const isSwap = (typed: string, i: number, { meant, j }: Meant) =>
  i > 1 && j > 1 && typed[i - 1] === meant[j - 2] && typed[i - 2] === meant[j - 1]
