export interface Token {
  readonly kind: 'word' | 'number' | 'string' | 'sign' | 'end'
  /** Of a string, what stands between its quotes. */
  readonly text: string
  /** Where it begins. */
  readonly at: number
}

/** What a person wrote is no condition: why, and where. */
export class Unreadable extends Error {
  readonly at: number

  constructor(reason: string, at: number) {
    super(reason)
    this.at = at
  }
}

const shape =
  /\s*(?:(?<word>[a-z_][a-z0-9_]*)|(?<number>-?\d{1,12}(?:\.\d{1,6})?)|'(?<string>[^']{0,100})'|(?<sign>>=|<=|!=|[><=(),]))/y

/** Of a condition as staff write it, ended by an `end`. */
export function tokensIn(text: string): Token[] {
  const tokens: Token[] = []
  const end = text.trimEnd().length
  shape.lastIndex = 0
  while (shape.lastIndex < end) {
    const from = shape.lastIndex
    const found = shape.exec(text)
    if (!found) throw new Unreadable('This is not understood.', skipped(text, from))
    const at = skipped(text, from)
    const [kind = '', value = ''] = Object.entries(found.groups ?? {}).find(isThere) ?? []
    tokens.push({ kind: kind as Token['kind'], text: value, at })
  }
  return [...tokens, { kind: 'end', text: '', at: end }]
}

const isThere = ([, value]: [string, string | undefined]) => value !== undefined

const skipped = (text: string, from: number) => text.length - text.slice(from).trimStart().length
