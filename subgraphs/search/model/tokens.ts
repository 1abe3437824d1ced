/** Longer input is cut before anything is done with it: nobody types this much into a search box. */
export const longestText = 10_000

/** A token longer than this is noise (a pasted key, a data URL) and is cut. */
const longestToken = 40

export interface Token {
  /** Folded: lower case, no marks, digits and units joined. */
  readonly text: string
  /** What a hyphenated word or a model number is made of: `dv7-1211ea` is also `dv7` and `1211ea`. */
  readonly parts: readonly string[]
}

/** `43,2 cm` and `17"` are one word each; so are `dv7-1211ea`, `802.11b` and `wi-fi`. */
const measure =
  /(\d+(?:[.,]\d+)?) ?(terabytes?|gigabytes?|inch(?:es)?|[gmtk]b|[mg]hz|[mk]?wh?|mah|cm|mm|kg|ml|in|["″”])(?![\p{L}\p{N}])/gu
const word = /[\p{L}\p{N}]+(?:[-./_+'][\p{L}\p{N}]+)*/gu
const units: Readonly<Record<string, string>> = {
  '"': 'in',
  '″': 'in',
  '”': 'in',
  inch: 'in',
  inches: 'in',
  gigabyte: 'gb',
  gigabytes: 'gb',
  terabyte: 'tb',
  terabytes: 'tb',
}

/**
 * The words of a text in their order, folded as Unicode has it (UAX 15, form KD, marks removed).
 * Never throws: control characters, emoji and broken surrogates are spaces.
 */
export function tokensOf(text: string): Token[] {
  const measured = folded(text.slice(0, longestText)).replace(
    measure,
    (_, figure: string, unit: string) => ` ${figure.replace(',', '.')}${units[unit] ?? unit} `,
  )
  return Array.from(measured.matchAll(word), ([found]) => tokenOf(found))
}

/** Lower case without marks; `ß` is `ss`, `™` and `®` are nothing, all apostrophes are one. */
export const folded = (text: string): string =>
  text
    .replace(/[™®©]/gu, ' ')
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/[’ʼ`´]/g, "'")

function tokenOf(found: string): Token {
  const bare = found.replace(/'s$/, '').slice(0, longestToken)
  const split = bare.split(/[-/_+']/).filter((part) => part !== '')
  const decimal = /^\d+\.\d+\p{L}*$/u.test(bare)
  const parts = decimal ? split : split.flatMap((part) => part.split('.'))
  if (parts.length < 2) return { text: bare.replace(/[-/_+']/g, ''), parts: [] }
  return { text: parts.join(''), parts }
}

/** A word that names one product rather than a kind: letters and digits mixed, or many digits. */
export const isModelNumber = (token: string): boolean =>
  token.length >= 4 && /\d/.test(token) && (/\p{L}/u.test(token) || token.length >= 6)
