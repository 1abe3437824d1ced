/** What can be told of a document without parsing it: enough to refuse what would cost too much to parse. */
export interface Scan {
  readonly tokens: number
  readonly directives: number
  /** How deep brackets of all kinds stand in one another. */
  readonly nesting: number
}

const stringStart = 34
const commentStart = 35
const backslash = 92
const lineFeed = 10
const carriageReturn = 13
const atSign = 64

const none = 0
const ignored = 1
const word = 2
const opening = 3
const closing = 4
const kinds = kindsOfCharacters()

export function scan(text: string): Scan {
  const seen = { tokens: 0, directives: 0, depth: 0, nesting: 0 }
  let at = 0
  while (at < text.length) {
    const code = text.charCodeAt(at)
    const kind = kinds[code] ?? none
    if (kind !== ignored && code !== commentStart) count(seen, code, kind)
    at = endOf(text, at, { code, kind })
  }
  return seen
}

/** Where what begins here ends: a comment, a string, a word, or one character. */
function endOf(text: string, at: number, { code, kind }: { code: number; kind: number }): number {
  if (code === commentStart) return endOfLine(text, at)
  return code === stringStart ? endOfString(text, at) : endOfToken(text, at, kind)
}

function count(
  seen: { tokens: number; directives: number; depth: number; nesting: number },
  code: number,
  kind: number,
): void {
  seen.tokens++
  if (code === atSign) seen.directives++
  if (kind === closing) seen.depth--
  if (kind === opening) seen.nesting = Math.max(seen.nesting, ++seen.depth)
}

function endOfToken(text: string, start: number, kind: number): number {
  let at = start + 1
  if (kind === word) while (kinds[text.charCodeAt(at)] === word) at++
  return at
}

function endOfLine(text: string, start: number): number {
  let at = start
  while (at < text.length && !isLineEnd(text.charCodeAt(at))) at++
  return at
}

const isLineEnd = (code: number) => code === lineFeed || code === carriageReturn

function endOfString(text: string, start: number): number {
  if (text.startsWith('"""', start)) return endOfBlock(text, start + 3)
  let at = start + 1
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (code === stringStart) return at + 1
    // A string that is not closed ends at its line: the parser will say so.
    if (isLineEnd(code)) return at
    at += code === backslash ? 2 : 1
  }
  return at
}

function endOfBlock(text: string, start: number): number {
  let at = start
  while (true) {
    const end = text.indexOf('"""', at)
    if (end < 0) return text.length
    if (text.charCodeAt(end - 1) !== backslash) return end + 3
    at = end + 3
  }
}

/** Spaces, commas and the byte order mark stand between tokens; dots count as one token each. */
function kindsOfCharacters(): Uint8Array {
  const table = new Uint8Array(128)
  for (const character of ' \t\n\r,') table[character.charCodeAt(0)] = ignored
  for (const character of '{[(') table[character.charCodeAt(0)] = opening
  for (const character of '}])') table[character.charCodeAt(0)] = closing
  for (let code = 0; code < 128; code++) {
    if (/[\w+-]/.test(String.fromCharCode(code))) table[code] = word
  }
  return table
}
