import type { Random } from '@shop/kit/learn/random'

const letters = 'abcdefghijklmnopqrstuvwxyz'
const besides: Readonly<Record<string, string>> = {
  a: 'qsz',
  b: 'vgn',
  c: 'xdv',
  d: 'sfe',
  e: 'wrd',
  f: 'dgr',
  g: 'fht',
  h: 'gjy',
  i: 'uok',
  j: 'hku',
  k: 'jli',
  l: 'ko',
  m: 'nj',
  n: 'bmh',
  o: 'ipl',
  p: 'ol',
  q: 'wa',
  r: 'etf',
  s: 'adw',
  t: 'ryg',
  u: 'yij',
  v: 'cbf',
  w: 'qes',
  x: 'zcs',
  y: 'tuh',
  z: 'xa',
}

/**
 * A word with so many slips, as fingers make them: a letter left out, doubled, swapped with the
 * next, hit beside (3 in 4) or wrong, added. Never the word itself.
 */
export function mistyped(word: string, slips: number, random: Random): string {
  for (;;) {
    let typed = word
    for (let i = 0; i < slips; i += 1) typed = slipped(typed, random)
    if (typed !== word) return typed
  }
}

function slipped(word: string, random: Random): string {
  const at = random.below(word.length)
  const [before, letter, after] = [word.slice(0, at), word[at] ?? '', word.slice(at + 1)]
  const wrong = () => anyOf(letters, random)
  const kinds = [
    () => before + after,
    () => before + letter + letter + after,
    () => before + (after[0] ?? '') + letter + after.slice(1),
    () =>
      before + (random.below(4) > 0 ? anyOf(besides[letter] ?? letters, random) : wrong()) + after,
    () => before + letter + wrong() + after,
  ]
  return (kinds[random.below(kinds.length)] as () => string)()
}

const anyOf = (text: string, random: Random) => text[random.below(text.length)] as string
