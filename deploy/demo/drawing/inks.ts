/** The colours of one drawing by their letters: those of the product, then those of the world. */
export function inksFrom(colour: string): Readonly<Record<string, string>> {
  return {
    b: colour,
    d: mixed(colour, '#20222e', 0.24),
    l: mixed(colour, '#ffffff', 0.38),
    a: accentOf(colour),
    w: '#fbf9f5',
    k: '#33353d',
    g: '#b9bcc0',
    n: '#c39a6b',
    h: '#7a5338',
    c: '#d3e3e8',
    e: '#7fa06a',
    f: '#567a51',
    y: '#f1d488',
    p: '#eccbae',
  }
}

/** Part of the way from one colour to the other, both as `#rrggbb`. */
export function mixed(from: string, to: string, part: number): string {
  const channels = channelsOf(to)
  const some = channelsOf(from).map(
    (value, index) => value + ((channels[index] ?? 0) - value) * part,
  )
  return `#${some.map((value) => Math.round(value).toString(16).padStart(2, '0')).join('')}`
}

/** Warm colours have a cool companion, cool ones a warm. */
function accentOf(colour: string): string {
  const [red = 0, , blue = 0] = channelsOf(colour)
  return red > blue ? '#4d7c8a' : '#e0a458'
}

const channelsOf = (colour: string) =>
  [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
