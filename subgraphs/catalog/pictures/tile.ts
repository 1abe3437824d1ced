import type { Drawing } from '../domain/picture.ts'

/** For products without a picture: their name and category on a coloured ground. */
export function tile({ name, category }: Drawing): string {
  const title = String(name ?? '')
  const hue = [...`${category ?? ''}${title}`].reduce(
    (sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 360,
    7,
  )
  const lines = linesOf(title)
  const first = 400 - (lines.length - 1) * 32
  const text = lines.map(
    (line, index) =>
      `<text x="400" y="${first + index * 64}" font-size="52">${escaped(line)}</text>`,
  )
  return [
    '<svg xmlns="http://www.w3.org/2000/svg" width="800" height="800" viewBox="0 0 800 800">',
    `<rect width="800" height="800" fill="hsl(${hue}, 32%, 90%)"/>`,
    `<rect x="60" y="60" width="680" height="680" rx="36" fill="hsl(${hue}, 34%, 82%)"/>`,
    `<g font-family="sans-serif" text-anchor="middle" fill="hsl(${hue}, 45%, 22%)">`,
    ...text,
    `<text x="400" y="690" font-size="32" opacity="0.7">${escaped(String(category ?? '').slice(0, 40))}</text>`,
    '</g></svg>',
  ].join('')
}

/** At most five lines of about 22 characters. */
function linesOf(title: string): string[] {
  const lines: string[] = []
  for (const word of title.slice(0, 110).split(/\s+/)) {
    const last = lines.at(-1)
    const joined = last === undefined ? word : `${last} ${word}`
    if (last !== undefined && joined.length <= 22) lines[lines.length - 1] = joined
    else lines.push(word.slice(0, 26))
  }
  return lines.slice(0, 5)
}

/** For XML: its signs are written out, and what XML 1.0 does not allow is left out. */
const escaped = (text: string) =>
  text
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replace(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`)
